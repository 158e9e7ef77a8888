///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson08;

import static org.apache.spark.sql.functions.*;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.*;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** One revenue, computed by a nightly job and a stream that are added up. */
@Command(description = "A batch layer and a speed layer.")
public class LambdaLayers extends SparkProgram {

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

    /** The speed layer's logic after it is corrected: sums by day. */
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
        table.row("", "until", "batch", "speed", "served", "right");
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
        for (CollectedBatch<Row> output : stream.processAllAvailable()) {
            output.rows().forEach(row -> days.put(row.getLocalDate(0), row.getDecimal(1)));
        }
        BigDecimal speed = total(days.tailMap(LocalDate.parse(until)).values().stream());
        BigDecimal served = batch.add(speed);
        BigDecimal right = total(amounts.stream().filter(amount -> amount.abs().compareTo(new BigDecimal(least)) >= 0));
        table.row(title, until.substring(5), batch, speed, served, right.equals(served) ? "" : right);
    }

    private static BigDecimal total(Stream<BigDecimal> amounts) {
        return amounts.reduce(new BigDecimal("0.00"), BigDecimal::add);
    }

    public static void main(String[] args) {
        Program.run(new LambdaLayers(), args);
    }
}
