///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson07;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.stream.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Three joins of payments with a table of features, and the quality that each promises. */
@Command(description = "The features of a payment: three joins.")
public class WhatWasKnownThen extends SparkProgram {

    @Option(names = "--delay", defaultValue = "7", description = "days until frauds are reported (${DEFAULT-VALUE})")
    int delay;

    /** The joins: which rows of its terminal a payment may use. */
    static final List<String> JOINS = List.of("true", "at <= time", "known <= time");

    static final String PAYMENTS = "id BIGINT, terminal INT, time TIMESTAMP, fraud BOOLEAN";
    static final String FEATURES = "of INT, at TIMESTAMP, known TIMESTAMP, value DOUBLE";
    private static final int DAYS = 50;
    private static final int TEST_FROM = DAYS - 7;

    /** The query: each payment with the newest value among the rows that it may use, null without one. */
    public static Dataset<Row> withFeature(Dataset<Row> payments, Dataset<Row> features, String mayUse) {
        Column sameTerminal = payments.col("terminal").equalTo(features.col("of"));
        return payments.join(features, sameTerminal.and(expr(mayUse)), "left")
                .groupBy("id", "fraud")
                .agg(max_by(col("value"), col("at")).as("value"));
    }

    /** For each fraud, the share of frauds among the payments with at least its score; the mean of these shares. */
    public static double averagePrecision(Dataset<Row> scored) {
        return scored.selectExpr("fraud", "avg(int(fraud)) OVER (ORDER BY coalesce(value, 0) DESC) AS precision")
                .where("fraud")
                .agg(avg("precision"))
                .head()
                .getDouble(0);
    }

    /** The feature, a row for each day with payments: the share of frauds at a terminal, and when it is known. */
    public static Dataset<Row> risks(Dataset<Row> payments, int delay) {
        String soFar = " OVER (PARTITION BY terminal ORDER BY day)";
        return payments.groupBy(
                        col("terminal"), expr("timestamp(date(time) + 1)").as("day"))
                .agg(count(lit(1)).as("payments"), count_if(col("fraud")).as("frauds"))
                .selectExpr(
                        "terminal AS of",
                        "day AS at",
                        "day + INTERVAL " + delay + " DAYS AS known",
                        "sum(frauds)" + soFar + " / sum(payments)" + soFar + " AS value");
    }

    @Override
    protected void run(SparkSession spark) {
        TextTable table = new TextTable("    %-13s  %-5s  %s");
        System.out.println("two payments at a terminal");
        table.row("join on", "10:00", "16:00");
        Dataset<Row> two = table(spark, PAYMENTS, "1 12 10:00 false, 2 12 16:00 false");
        Dataset<Row> values = table(spark, FEATURES, "12 08:00 08:30 0.5, 12 09:30 11:00 1.0, 12 14:00 18:00 2.0");
        for (String join : JOINS) {
            List<Row> rows = withFeature(two, values, join).sort("id").collectAsList();
            table.row(join, rows.get(0).getAs("value"), rows.get(1).getAs("value"));
        }

        Simulator simulator = new Simulator(Simulator.Settings.defaults()
                .withCustomers(1000)
                .withTerminals(2000)
                .withDays(DAYS));
        List<List<SimulatedPayment>> days =
                IntStream.range(0, DAYS).mapToObj(simulator::day).toList();
        Dataset<Row> all = payments(spark, days).cache();
        Dataset<Row> week = all.where(
                        "time >= '" + days.get(TEST_FROM).get(0).payment().time() + "'")
                .cache();
        Dataset<Row> risks = risks(all, delay).cache();
        System.out.printf(
                "a week of %,d payments, %d of them frauds%n",
                week.count(), week.where("fraud").count());
        table.row("join on", "average precision of the terminal's risk", "");
        for (String join : JOINS) {
            table.row(join, shown(averagePrecision(withFeature(week, risks, join))), "");
        }
        table.row("live", shown(averagePrecision(live(spark, days))), "");
    }

    /** The same week as it happens: each night the frauds become known that are old enough, then the day is scored. */
    private Dataset<Row> live(SparkSession spark, List<List<SimulatedPayment>> days) {
        Map<Integer, int[]> known = new HashMap<>();
        List<Row> scored = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            if (day > delay) {
                for (SimulatedPayment old : days.get(day - delay - 1)) {
                    int[] counts = known.computeIfAbsent(old.payment().terminal(), t -> new int[2]);
                    counts[0] += old.isFraud() ? 1 : 0;
                    counts[1]++;
                }
            }
            for (SimulatedPayment one : day < TEST_FROM ? List.<SimulatedPayment>of() : days.get(day)) {
                int[] counts = known.get(one.payment().terminal());
                scored.add(RowFactory.create(one.isFraud(), counts == null ? null : (double) counts[0] / counts[1]));
            }
        }
        return spark.createDataFrame(scored, StructType.fromDDL("fraud BOOLEAN, value DOUBLE"));
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static Dataset<Row> table(SparkSession spark, String schema, String rows) {
        String columns =
                Arrays.stream(schema.split(", ")).map(c -> c.split(" ")[0]).collect(Collectors.joining(" "));
        return spark.read().schema(schema).json(spark.createDataset(JsonLines.of(columns, rows), Encoders.STRING()));
    }

    private static Dataset<Row> payments(SparkSession spark, List<List<SimulatedPayment>> days) {
        List<Row> rows = days.stream()
                .flatMap(List::stream)
                .map(one -> RowFactory.create(
                        one.payment().id(),
                        one.payment().terminal(),
                        one.payment().time(),
                        one.isFraud()))
                .toList();
        return spark.createDataFrame(rows, StructType.fromDDL(PAYMENTS));
    }

    public static void main(String[] args) {
        Program.run(new WhatWasKnownThen(), args);
    }
}
