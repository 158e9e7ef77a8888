///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson08;

import static org.apache.spark.sql.functions.*;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.*;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** One revenue, computed by a nightly job and a stream that are added up, and by a stream that reads the log again. */
@Command(description = "Lambda, and Kappa.")
public class LambdaAndKappa extends SparkProgram {

    /** The batch layer's logic, in SQL. */
    public static Dataset<Row> batch(Dataset<Row> payments, String until, String least) {
        return payments.where("date(time) < '" + until + "' AND abs(amount) >= " + least)
                .selectExpr("sum(amount)");
    }

    /** The speed layer's logic, in Java. Its author did not know that refunds are negative amounts. */
    public static Dataset<Row> speed(Dataset<Row> payments) {
        FilterFunction<Row> isPayment =
                payment -> payment.<BigDecimal>getAs("amount").signum() > 0;
        return revenue(payments.filter(isPayment), "0");
    }

    /** The logic of Kappa, and the speed layer's after it is corrected: sums by day. */
    public static Dataset<Row> revenue(Dataset<Row> payments, String least) {
        return payments.where("abs(amount) >= " + least)
                .groupBy(to_date(col("time")).as("day"))
                .agg(sum("amount").as("revenue"));
    }

    private final Inbox log = Inbox.create();
    private final TextTable table = new TextTable("%-40s  %-6s  %6s  %6s  %6s  %6s");
    private final List<BigDecimal> amounts = new ArrayList<>();
    private final NavigableMap<LocalDate, BigDecimal> days = new TreeMap<>();
    private BigDecimal batch = new BigDecimal("0.00");
    private CollectedQuery<Row> stream;
    private String until = "2018-04-01";
    private String least = "0";

    @Override
    protected void run(SparkSession spark) throws Exception {
        Dataset<Row> live = log.stream(spark, Payment.SCHEMA);
        table.row("Lambda", "until", "batch", "speed", "served", "right");
        stream = CollectedQuery.start(speed(live), "update");
        arrives("2018-04-01T10:00 50.00, 2018-04-01T11:00 30.00");
        arrives("2018-04-01T15:00 -20.00");
        batch(spark, "the night", "2018-04-02");
        arrives("2018-04-01T23:59 5.00");
        arrives("2018-04-02T10:00 0.40, 2018-04-02T12:00 -10.00");
        batch(spark, "the night", "2018-04-03");
        restart(revenue(live, "0"));
        arrives("2018-04-03T16:00 -10.00, 2018-04-03T18:00 0.30");
        least = "1";
        batch(spark, "cents do not count, in the batch layer", until);
        restart(revenue(live, "1"));
        show("nor in the speed layer");
        stream.close();

        TextTable versions = new TextTable("%-40s  %6s  %6s  %6s");
        versions.row("Kappa", "v1", "v2", "served");
        NavigableMap<LocalDate, BigDecimal> v1 = new TreeMap<>();
        CollectedQuery.run(revenue(live, "0"), "update").forEach(batch -> keep(batch, v1));
        versions.row("v1 has read the log", total(v1), "", total(v1));
        NavigableMap<LocalDate, BigDecimal> v2 = new TreeMap<>();
        List<CollectedBatch<Row>> batches = CollectedQuery.run(revenue(live, "1"), "update");
        for (CollectedBatch<Row> batch : batches) {
            keep(batch, v2);
            String read = "v2 has read " + (batch.id() + 1) + " of " + batches.size() + " files";
            versions.row(read, total(v1), total(v2), total(v1));
        }
        versions.row("the switch", "", total(v2), total(v2));
    }

    private void arrives(String payments) {
        log.deliver("time amount", payments);
        for (String payment : payments.split(", ")) {
            amounts.add(new BigDecimal(payment.split(" ")[1]));
        }
        show(payments.replace("2018-", ""));
    }

    private void restart(Dataset<Row> revenue) throws Exception {
        stream.close();
        days.clear();
        stream = CollectedQuery.start(revenue, "update");
    }

    /** Runs the batch layer over all payments before a day. */
    private void batch(SparkSession spark, String title, String until) {
        this.until = until;
        Dataset<Row> payments = spark.read().schema(Payment.SCHEMA).json(log.path());
        batch = batch(payments, until, least).head().getDecimal(0);
        show(title);
    }

    /** Adds the result of the last night to the stream's days since then, and compares. */
    private void show(String title) {
        stream.processAllAvailable().forEach(output -> keep(output, days));
        BigDecimal speed = total(days.tailMap(LocalDate.parse(until)));
        BigDecimal served = batch.add(speed);
        BigDecimal right = amounts.stream()
                .filter(amount -> amount.abs().compareTo(new BigDecimal(least)) >= 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        table.row(title, until.substring(5), batch, speed, served, right.equals(served) ? "" : right);
    }

    private static void keep(CollectedBatch<Row> batch, Map<LocalDate, BigDecimal> days) {
        batch.rows().forEach(row -> days.put(row.getLocalDate(0), row.getDecimal(1)));
    }

    private static BigDecimal total(Map<LocalDate, BigDecimal> days) {
        return days.values().stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    }

    public static void main(String[] args) {
        Program.run(new LambdaAndKappa(), args);
    }
}
