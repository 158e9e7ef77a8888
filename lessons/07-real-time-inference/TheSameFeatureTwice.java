///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import java.time.*;
import java.util.*;
import java.util.stream.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.*;
import workbook.kit.spark.*;

/** The features of a model, in SQL for its training and in Java for its serving, and what the difference costs. */
@Command(description = "The same features by SQL and by Java.")
public class TheSameFeatureTwice extends SparkProgram {

    @Option(names = "--zone", defaultValue = "Europe/Brussels", description = "the server's zone (${DEFAULT-VALUE})")
    ZoneId zone;

    /** The features in SQL: the payment, its customer's last 24 hours, and the time in the session's zone, UTC. */
    static final String SQL = """
            SELECT id, double(amount) AS amount,
                double(count(*) OVER day) AS count,
                avg(double(amount)) OVER before AS mean,
                stddev(double(amount)) OVER day AS deviation,
                double(int(dayofweek(time) IN (1, 7))) AS weekend,
                double(int(hour(time) <= 6)) AS night
            FROM payments
            WINDOW day AS (PARTITION BY customer ORDER BY unix_seconds(time)
                    RANGE BETWEEN 86400 PRECEDING AND CURRENT ROW),
                before AS (PARTITION BY customer ORDER BY unix_seconds(time)
                    RANGE BETWEEN 86400 PRECEDING AND 1 PRECEDING)
            """;

    /** The features in Java, by somebody else. {@code earlier} are the customer's payments that arrived before. */
    public static Map<String, Double> features(Payment payment, List<Payment> earlier, ZoneId zone) {
        double[] before = earlier.stream()
                .filter(p -> !p.time().isBefore(payment.time().minus(Duration.ofDays(1))))
                .mapToDouble(p -> p.amount().doubleValue())
                .toArray();
        double[] day = DoubleStream.concat(
                        Arrays.stream(before), DoubleStream.of(payment.amount().doubleValue()))
                .toArray();
        double mean = Arrays.stream(day).average().orElse(0);
        ZonedDateTime time = payment.time().atZone(zone);
        Map<String, Double> features = new TreeMap<>();
        features.put("amount", payment.amount().doubleValue());
        features.put("count", (double) day.length);
        features.put("mean", Arrays.stream(before).average().orElse(0));
        features.put(
                "deviation",
                Math.sqrt(Arrays.stream(day)
                        .map(a -> (a - mean) * (a - mean))
                        .average()
                        .orElse(0)));
        features.put("weekend", time.getDayOfWeek().getValue() >= 6 ? 1.0 : 0.0);
        features.put("night", time.getHour() <= 6 ? 1.0 : 0.0);
        return features;
    }

    @Override
    protected void run(SparkSession spark) {
        Simulator simulator = new Simulator(Simulator.Settings.defaults()
                .withCustomers(1000)
                .withTerminals(2000)
                .withDays(21));
        List<SimulatedPayment> payments = simulator.payments().toList();
        Map<Long, Map<String, Double>> bySql = bySql(spark, payments);
        Map<Long, Map<String, Double>> byJava = byJava(payments);
        LogisticModel model = learn(payments, bySql);

        System.out.printf("of %,d payments differ%n", payments.size());
        TextTable table = new TextTable("    %-9s  %6s  %-13s  %8s  %8s  %-12s  %s");
        table.row("", "", "the first", "SQL", "Java", "score by SQL", "with Java's");
        for (String name : byJava.get(0L).keySet()) {
            List<Payment> differ = payments.stream()
                    .map(SimulatedPayment::payment)
                    .filter(payment -> differ(bySql.get(payment.id()), byJava.get(payment.id()), name))
                    .toList();
            if (differ.isEmpty()) {
                table.row(name, 0, "", "", "", "", "");
            } else {
                Payment first = differ.get(0);
                Map<String, Double> sql = bySql.get(first.id());
                Map<String, Double> changed = new TreeMap<>(sql);
                changed.put(name, byJava.get(first.id()).get(name));
                table.row(
                        name,
                        differ.size(),
                        first.time().toString().substring(5, 16).replace('T', ' '),
                        shown(sql.get(name), 2),
                        shown(changed.get(name), 2),
                        shown(model.score(sql), 4),
                        shown(model.score(changed), 4));
            }
        }
        for (boolean fraud : new boolean[] {true, false}) {
            List<Long> ids = payments.stream()
                    .filter(one -> one.isFraud() == fraud)
                    .map(one -> one.payment().id())
                    .toList();
            Set<Long> sql = alerts(model, ids, bySql);
            Set<Long> java = alerts(model, ids, byJava);
            long lost = sql.stream().filter(id -> !java.contains(id)).count();
            System.out.printf(
                    "alerts for %s: %d by SQL, %d by Java, %d lost%n",
                    fraud ? "frauds" : "genuine payments", sql.size(), java.size(), lost);
        }
    }

    /** Learns from the payments of which all features are known. */
    private static LogisticModel learn(List<SimulatedPayment> payments, Map<Long, Map<String, Double>> features) {
        List<LabelledExample> examples = payments.stream()
                .map(one -> new LabelledExample(features.get(one.payment().id()), one.isFraud()))
                .filter(example -> example.features().size() == 6)
                .toList();
        return LogisticModel.train(examples, 0.005, 1);
    }

    private static boolean differ(Map<String, Double> sql, Map<String, Double> java, String name) {
        return !sql.containsKey(name) || Math.abs(sql.get(name) - java.get(name)) > 1e-9;
    }

    private static Set<Long> alerts(LogisticModel model, List<Long> ids, Map<Long, Map<String, Double>> features) {
        return ids.stream()
                .filter(id -> model.isAlert(model.score(features.get(id))))
                .collect(Collectors.toSet());
    }

    private static String shown(Double value, int digits) {
        return value == null ? "null" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private Map<Long, Map<String, Double>> byJava(List<SimulatedPayment> payments) {
        Map<Integer, List<Payment>> earlier = new HashMap<>();
        Map<Long, Map<String, Double>> features = new HashMap<>();
        for (SimulatedPayment one : payments) {
            Payment payment = one.payment();
            List<Payment> before = earlier.computeIfAbsent(payment.customer(), customer -> new ArrayList<>());
            features.put(payment.id(), features(payment, before, zone));
            before.add(payment);
        }
        return features;
    }

    private static Map<Long, Map<String, Double>> bySql(SparkSession spark, List<SimulatedPayment> payments) {
        List<Row> rows =
                payments.stream().map(one -> PaymentRow.of(one.payment())).toList();
        spark.createDataFrame(rows, PaymentRow.SCHEMA).createOrReplaceTempView("payments");
        Map<Long, Map<String, Double>> features = new HashMap<>();
        for (Row row : spark.sql(SQL).collectAsList()) {
            Map<String, Double> known = new TreeMap<>();
            for (String name : row.schema().fieldNames()) {
                if (!name.equals("id") && row.getAs(name) != null) {
                    known.put(name, row.getAs(name));
                }
            }
            features.put(row.getAs("id"), known);
        }
        return features;
    }

    public static void main(String[] args) {
        Program.run(new TheSameFeatureTwice(), args);
    }
}
