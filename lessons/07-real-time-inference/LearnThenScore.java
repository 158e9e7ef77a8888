///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import static org.apache.spark.sql.functions.*;

import java.math.BigDecimal;
import java.time.*;
import java.util.*;
import java.util.stream.IntStream;
import org.apache.spark.sql.*;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.*;
import workbook.kit.spark.*;

/** A model learns from a table of old payments, and scores new ones: in a table, and in a stream. */
@Command(description = "Learn in batch, score in a stream.")
public class LearnThenScore extends SparkProgram {

    @Option(names = "--days", defaultValue = "14", description = "days of payments to learn from (${DEFAULT-VALUE})")
    int days;

    /** The features of a payment. Training, batch and stream share this method. */
    public static Map<String, Double> features(BigDecimal amount, Instant time) {
        int hour = time.atZone(ZoneOffset.UTC).getHour();
        return Map.of("amount", amount.doubleValue(), "night", hour <= 6 ? 1.0 : 0.0);
    }

    /** The query, for a table as for a stream: each payment with its score. */
    public static Dataset<Row> scored(Dataset<Row> payments, LogisticModel model) {
        UDF2<BigDecimal, Instant, Double> score = (amount, time) -> model.score(features(amount, time));
        return payments.select(
                col("id"),
                udf(score, DataTypes.DoubleType)
                        .apply(col("amount"), col("time"))
                        .as("score"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Simulator simulator = new Simulator(Simulator.Settings.defaults()
                .withCustomers(1000)
                .withTerminals(2000)
                .withDays(days + 1));
        List<LabelledExample> examples = simulator
                .payments(0, days)
                .map(old -> new LabelledExample(
                        features(old.payment().amount(), old.payment().time()), old.isFraud()))
                .toList();
        LogisticModel model = LogisticModel.train(examples, 0.005, 1);
        System.out.printf(
                Locale.ROOT,
                "learnt from %,d payments, %d of them frauds; alerts from %.3f%n",
                examples.size(),
                examples.stream().filter(LabelledExample::fraud).count(),
                model.threshold());

        List<SimulatedPayment> sample = sample(simulator.day(days), 12);
        Inbox inbox = Inbox.create();
        for (int i = 0; i < sample.size(); i += 4) {
            inbox.deliver(sample.subList(i, i + 4).stream()
                    .map(one -> one.payment().toJson())
                    .toList());
        }
        Dataset<Row> table = spark.read().schema(Payment.SCHEMA).json(inbox.path());
        Map<Long, Double> inBatch = scores(scored(table, model).collectAsList());
        Map<Long, Double> inStream = new HashMap<>();
        CollectedQuery.run(scored(inbox.stream(spark, Payment.SCHEMA), model), "append")
                .forEach(batch -> inStream.putAll(scores(batch.rows())));

        TextTable lines = new TextTable("%-9s  %6s  %5s  %-8s  %-8s  %-5s  %s");
        lines.row("id", "amount", "time", "batch", "stream", "", "in truth");
        for (SimulatedPayment one : sample) {
            Payment payment = one.payment();
            double score = inBatch.get(payment.id());
            lines.row(
                    payment.id(),
                    payment.amount(),
                    ClockTime.of(payment.time()),
                    String.format(Locale.ROOT, "%.6f", score),
                    String.format(Locale.ROOT, "%.6f", inStream.get(payment.id())),
                    model.isAlert(score) ? "alert" : "",
                    one.isFraud() ? one.fraud() : "");
        }
        inStream.entrySet().retainAll(inBatch.entrySet());
        System.out.printf("%d of %d equal, to the last bit%n", inStream.size(), sample.size());
    }

    /** Payments of all sizes, from the smallest to the largest of the day, in order of time. */
    private static List<SimulatedPayment> sample(List<SimulatedPayment> day, int size) {
        List<SimulatedPayment> byAmount = day.stream()
                .sorted(Comparator.comparing(one -> one.payment().amount()))
                .toList();
        return IntStream.range(0, size)
                .mapToObj(i -> byAmount.get((byAmount.size() - 1) * i / (size - 1)))
                .sorted(Comparator.comparing(one -> one.payment().id()))
                .toList();
    }

    private static Map<Long, Double> scores(List<Row> rows) {
        Map<Long, Double> scores = new HashMap<>();
        rows.forEach(row -> scores.put(row.getLong(0), row.getDouble(1)));
        return scores;
    }

    public static void main(String[] args) {
        Program.run(new LearnThenScore(), args);
    }
}
