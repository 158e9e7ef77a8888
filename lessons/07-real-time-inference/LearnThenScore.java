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
        Column scores = udf(score, DataTypes.DoubleType).apply(col("amount"), col("time"));
        return payments.select(col("id"), scores.as("score"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Simulator simulator = Simulator.of(1000, 2000, days + 1);
        List<LabelledExample> examples =
                LabelledExample.of(simulator.payments(0, days), payment -> features(payment.amount(), payment.time()));
        LogisticModel model = LogisticModel.train(examples, 0.005, 1);
        long frauds = examples.stream().filter(LabelledExample::fraud).count();
        System.out.printf(
                Locale.ROOT,
                "learnt from %,d payments, %d of them frauds; alerts from %.3f%n",
                examples.size(),
                frauds,
                model.threshold());

        List<SimulatedPayment> sample = sample(simulator.day(days), 12);
        Inbox inbox = Inbox.create();
        for (int i = 0; i < sample.size(); i += 4) {
            inbox.deliverPayments(sample.subList(i, i + 4));
        }
        Dataset<Row> table = spark.read().schema(Payment.SCHEMA).json(inbox.path());
        List<Row> inBatch = scored(table, model).sort("id").collectAsList();
        List<Row> inStream = CollectedQuery.rows(scored(inbox.stream(spark, Payment.SCHEMA), model), "append");
        print(model, sample, inBatch, inStream);
    }

    /** Payments of all sizes, from the smallest to the largest of the day, in order of their ids. */
    private static List<SimulatedPayment> sample(List<SimulatedPayment> day, int size) {
        List<SimulatedPayment> byAmount = day.stream()
                .sorted(Comparator.comparing(one -> one.payment().amount()))
                .toList();
        return IntStream.range(0, size)
                .mapToObj(i -> byAmount.get((byAmount.size() - 1) * i / (size - 1)))
                .sorted(Comparator.comparing(one -> one.payment().id()))
                .toList();
    }

    private static void print(LogisticModel model, List<SimulatedPayment> sample, List<Row> batch, List<Row> stream) {
        TextTable table = new TextTable("%-9s  %6s  %5s  %-8s  %-8s  %-5s  %s");
        table.row("id", "amount", "time", "batch", "stream", "", "in truth");
        for (int i = 0; i < sample.size(); i++) {
            Payment payment = sample.get(i).payment();
            double score = batch.get(i).getDouble(1);
            table.row(
                    payment.id(),
                    payment.amount(),
                    ClockTime.of(payment.time()),
                    Decimals.of(score, 6),
                    Decimals.of(stream.get(i).getDouble(1), 6),
                    model.isAlert(score) ? "alert" : "",
                    sample.get(i).isFraud() ? sample.get(i).fraud() : "");
        }
        long equal = stream.stream().filter(batch::contains).count();
        System.out.printf("%d of %d equal, to the last bit%n", equal, sample.size());
    }

    public static void main(String[] args) {
        Program.run(new LearnThenScore(), args);
    }
}
