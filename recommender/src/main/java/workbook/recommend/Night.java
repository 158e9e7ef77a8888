package workbook.recommend;

import static java.util.Comparator.comparing;
import static java.util.Map.Entry.comparingByKey;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.count;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lesson14.AlsoBought;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;
import workbook.kit.spark.Mllib;
import workbook.kit.spark.PaymentRow;

/** Learns from the payments of some days: vectors with ALS, neighbours with {@link AlsoBought}, and what is popular. */
final class Night {

    private static final int RANK = 16;
    private static final AlsoBought.Limits NEIGHBOURS = new AlsoBought.Limits(20, 2, 500);

    private final Simulator simulator;
    private final int days;

    Night(Simulator simulator, int days) {
        this.simulator = simulator;
        this.days = days;
    }

    /** Learns, publishes the model, and returns its version. */
    String publish(SparkSession spark, Nights nights) {
        Mllib.useJavaOnly();
        // ALS cuts its long lineage at checkpoints; without a folder for them it ends with a StackOverflowError.
        spark.sparkContext().setCheckpointDir(Scratch.folder("als-").toString());
        ALSModel model = als(spark);
        return nights.publish(vectors(model.userFactors()), vectors(model.itemFactors()), lists());
    }

    /** The result depends on the order of the rows, so they are sorted. */
    private ALSModel als(SparkSession spark) {
        Dataset<Row> ratings = PaymentRow.table(spark, simulator.payments(0, days))
                .groupBy("customer", "terminal")
                .agg(count("*").as("rating"))
                .repartition(1)
                .sortWithinPartitions("customer", "terminal");
        return new ALS()
                .setUserCol("customer")
                .setItemCol("terminal")
                .setImplicitPrefs(true)
                .setRank(RANK)
                .setNumBlocks(1)
                .setSeed(days)
                .fit(ratings);
    }

    private static Map<Integer, double[]> vectors(Dataset<Row> factors) {
        Map<Integer, double[]> vectors = new TreeMap<>();
        for (Row row : factors.collectAsList()) {
            vectors.put(
                    row.getInt(0),
                    row.<Float>getList(1).stream()
                            .mapToDouble(Float::doubleValue)
                            .toArray());
        }
        return vectors;
    }

    private Nights.Lists lists() {
        List<Payment> payments =
                simulator.payments(0, days).map(SimulatedPayment::payment).toList();
        Map<String, Set<Integer>> customers = new HashMap<>();
        Map<String, Instant> first = new HashMap<>();
        for (Payment payment : payments) {
            String terminal = String.valueOf(payment.terminal());
            customers.computeIfAbsent(terminal, any -> new HashSet<>()).add(payment.customer());
            first.putIfAbsent(terminal, payment.time());
        }
        Instant newest = payments.get(payments.size() - 1).time();
        Instant lastDay = newest.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return new Nights.Lists(
                days,
                newest.toString(),
                neighbours(payments),
                popular(customers),
                first.keySet().stream()
                        .filter(terminal -> !first.get(terminal).isBefore(lastDay))
                        .sorted(comparing(first::get))
                        .toList(),
                customers.keySet().stream().sorted().toList());
    }

    private static Map<String, List<String>> neighbours(List<Payment> payments) {
        List<AlsoBought.Purchase> purchases = payments.stream()
                .map(payment ->
                        new AlsoBought.Purchase(String.valueOf(payment.customer()), String.valueOf(payment.terminal())))
                .toList();
        return new AlsoBought()
                .neighbours(purchases, NEIGHBOURS).neighbours().entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().stream()
                                        .map(AlsoBought.Neighbour::product)
                                        .toList()));
    }

    private static List<String> popular(Map<String, Set<Integer>> customers) {
        return customers.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().size()))
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
