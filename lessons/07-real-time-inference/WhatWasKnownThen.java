///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package lesson07;

import static java.util.stream.Collectors.*;
import static org.apache.spark.sql.functions.*;

import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.LabelledScore;
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
        return payments.join(features, expr("of = terminal AND " + mayUse), "left")
                .groupBy("id", "fraud")
                .agg(max_by(col("value"), col("at")).as("value"));
    }

    /** The feature, a row for each day with payments: the share of frauds at a terminal, and when it is known. */
    public static Dataset<Row> risks(Dataset<Row> payments, int delay) {
        String soFar = " OVER (PARTITION BY terminal ORDER BY day)";
        return payments.groupBy(col("terminal"), expr("timestamp(date(time) + 1) AS day"))
                .agg(expr("count(*) AS payments"), expr("count_if(fraud) AS frauds"))
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
        Dataset<Row> two = SmallTable.of(spark, PAYMENTS, "1 12 10:00 false, 2 12 16:00 false");
        Dataset<Row> values =
                SmallTable.of(spark, FEATURES, "12 08:00 08:30 0.5, 12 09:30 11:00 1.0, 12 14:00 18:00 2.0");
        for (String join : JOINS) {
            List<Row> rows = withFeature(two, values, join).sort("id").collectAsList();
            table.row(join, rows.get(0).getAs("value"), rows.get(1).getAs("value"));
        }

        Simulator simulator = Simulator.of(1000, 2000, DAYS);
        Dataset<Row> risks =
                risks(PaymentRow.table(spark, simulator.payments()), delay).cache();
        Dataset<Row> week =
                PaymentRow.table(spark, simulator.payments(TEST_FROM, DAYS)).cache();
        long frauds = week.where("fraud").count();
        System.out.printf(Locale.ROOT, "a week of %,d payments, %d of them frauds%n", week.count(), frauds);
        table.row("join on", "average precision of the terminal's risk", "");
        for (String join : JOINS) {
            List<LabelledScore> scores =
                    withFeature(week, risks, join).selectExpr("coalesce(value, 0)", "fraud").collectAsList().stream()
                            .map(row -> new LabelledScore(row.getDouble(0), row.getBoolean(1)))
                            .toList();
            table.row(join, Decimals.of(LabelledScore.averagePrecision(scores), 3), "");
        }
        table.row("live", Decimals.of(LabelledScore.averagePrecision(live(simulator)), 3), "");
    }

    /** The same week as it happens: each night the risks, of payments that are old enough; then the day is scored. */
    private List<LabelledScore> live(Simulator simulator) {
        List<LabelledScore> scores = new ArrayList<>();
        for (int day = TEST_FROM; day < DAYS; day++) {
            Map<Integer, Double> risks = simulator
                    .payments(0, Math.max(0, day - delay))
                    .collect(groupingBy(one -> one.payment().terminal(), averagingInt(one -> one.isFraud() ? 1 : 0)));
            for (SimulatedPayment one : simulator.day(day)) {
                double risk = risks.getOrDefault(one.payment().terminal(), 0.0);
                scores.add(new LabelledScore(risk, one.isFraud()));
            }
        }
        return scores;
    }

    public static void main(String[] args) {
        Program.run(new WhatWasKnownThen(), args);
    }
}
