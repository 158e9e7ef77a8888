///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Hourly sums, alone and after another stateful operator: which operator drops late rows, and when an hour is emitted. */
@Command(description = "Late rows in chained stateful operators.")
public class LateRowsByOperator extends SparkProgram {

    @Option(
            names = "--within",
            defaultValue = "1 hour",
            description = "the longest time from an order to its payment (${DEFAULT-VALUE})")
    String within;

    /** The input, file by file: the id, time and amount of a payment. Orders arrive just before the payments. */
    static final List<String> PAYMENTS =
            List.of("1 09:10 5.00", "2 10:15 1.00", "3 09:30 4.00", "4 10:30 8.00", "5 11:00 3.00", "6 11:40 2.00");

    static final List<String> ORDERS = List.of("1 09:10, 3 09:20", "2 10:15", "", "4 10:30", "5 11:00", "6 11:40");

    private final TextTable table = new TextTable("%-16s  %-41s  %s");

    /** The last operator of every query: sums by hour. */
    public static Dataset<Row> hourly(Dataset<Row> payments, Column time) {
        return payments.groupBy(window(time, "1 hour").as("hours"))
                .agg(sum("amount").as("total"))
                .select(col("hours.start").as("hour"), col("total"));
    }

    /** An aggregation before the aggregation. */
    public static Dataset<Row> tenMinutes(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "10 minutes"))
                .agg(sum("amount").as("amount"));
    }

    /** Payments joined with their orders. */
    public static Dataset<Row> withOrders(Dataset<Row> payments, Dataset<Row> orders, String within) {
        return orders.join(payments, expr("o = id AND time >= o_time AND time <= o_time + INTERVAL " + within));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        table.row("operator before", "output, and the watermark of its batch", "late, by operator");
        run(spark, "none", (payments, orders) -> hourly(payments, col("time")));
        run(
                spark,
                "deduplication",
                (payments, orders) -> hourly(payments.dropDuplicatesWithinWatermark("id"), col("time")));
        run(spark, "10-minute sums", (payments, orders) -> hourly(tenMinutes(payments), col("window")));
        run(spark, "join with orders", (payments, orders) -> hourly(withOrders(payments, orders, within), col("time")));
    }

    private void run(SparkSession spark, String name, BinaryOperator<Dataset<Row>> operators) throws Exception {
        Inbox paid = Inbox.create();
        Inbox ordered = Inbox.create();
        Dataset<Row> payments = paid.stream(spark, Payment.SCHEMA).withWatermark("time", "30 minutes");
        Dataset<Row> orders = ordered.stream(spark, "o LONG, o_time TIMESTAMP").withWatermark("o_time", "30 minutes");
        List<CollectedBatch<Row>> batches = new ArrayList<>();
        try (var query = CollectedQuery.start(operators.apply(payments, orders), "append")) {
            for (int file = 0; file < PAYMENTS.size(); file++) {
                if (!ORDERS.get(file).isEmpty()) {
                    ordered.deliver("o o_time", ORDERS.get(file));
                    batches.addAll(query.processAllAvailable());
                }
                paid.deliver("id time amount", PAYMENTS.get(file));
                batches.addAll(query.processAllAvailable());
            }
        }
        table.row(name, output(batches), late(batches));
    }

    private static String output(List<CollectedBatch<Row>> batches) {
        return batches.stream()
                .filter(batch -> !batch.rows().isEmpty())
                .map(batch -> batch.output() + " at " + batch.watermark())
                .collect(Collectors.joining(", "));
    }

    /** The late rows of each operator in the order of the query. The progress lists the last operator first. */
    private static String late(List<CollectedBatch<Row>> batches) {
        Deque<String> late = new ArrayDeque<>();
        for (int i = 0; i < batches.get(0).progress().stateOperators().length; i++) {
            int operator = i;
            String name = batches.get(0).progress().stateOperators()[operator].operatorName();
            late.addFirst(name + " "
                    + batches.stream()
                            .mapToLong(batch ->
                                    batch.progress().stateOperators()[operator].numRowsDroppedByWatermark())
                            .sum());
        }
        return String.join(", ", late);
    }

    public static void main(String[] args) {
        Program.run(new LateRowsByOperator(), args);
    }
}
