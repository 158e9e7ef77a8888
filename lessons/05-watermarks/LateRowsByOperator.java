///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Hourly sums, alone and behind another step with a state: which step drops what, and when an hour is over. */
@Command(name = "LateRowsByOperator", mixinStandardHelpOptions = true, description = "Chained steps, one watermark.")
public class LateRowsByOperator implements Callable<Integer> {

    @Option(
            names = "--within",
            defaultValue = "1 hour",
            description = "how long after its order a payment may come (default: ${DEFAULT-VALUE})")
    String within;

    /** What arrives, file by file: payments, and the orders that come just before them. Id, time and amount. */
    static final List<String> PAYMENTS =
            List.of("1 09:10 5.00", "2 10:15 1.00", "3 09:30 4.00", "4 10:30 8.00", "5 11:00 3.00", "6 11:40 2.00");

    static final List<String> ORDERS = List.of("1 09:10, 3 09:20", "2 10:15", "", "4 10:30", "5 11:00", "6 11:40");

    public static void main(String[] args) {
        Program.run(new LateRowsByOperator(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("LateRowsByOperator")) {
            print("before it", "put out, and at which watermark", "late rows, by step");
            run(spark, "nothing", (payments, orders) -> hourly(payments, col("time")));
            run(
                    spark,
                    "distinct ids",
                    (payments, orders) -> hourly(payments.dropDuplicatesWithinWatermark("id"), col("time")));
            run(spark, "ten minutes", (payments, orders) -> hourly(tenMinutes(payments), col("window")));
            run(spark, "their orders", (payments, orders) -> hourly(withOrders(payments, orders, within), col("time")));
            return 0;
        }
    }

    /** Feeds a chain of steps, file by file, and says what it has put out and dropped. */
    private void run(SparkSession spark, String name, BinaryOperator<Dataset<Row>> steps) throws Exception {
        Inbox paid = Inbox.create();
        Inbox ordered = Inbox.create();
        Dataset<Row> payments =
                spark.readStream().schema(Payment.SCHEMA).json(paid.path()).withWatermark("time", "30 minutes");
        Dataset<Row> orders = spark.readStream()
                .schema("o LONG, o_time TIMESTAMP")
                .json(ordered.path())
                .withWatermark("o_time", "30 minutes");
        Chain chain = Chain.start(steps.apply(payments, orders));
        for (int file = 0; file < PAYMENTS.size(); file++) {
            ordered.deliver(json("o", ORDERS.get(file)));
            chain.query.processAllAvailable();
            paid.deliver(json("", PAYMENTS.get(file)));
            chain.query.processAllAvailable();
        }
        chain.query.stop();
        print(name, chain.putOut(), chain.late());
    }

    /** The last step, in all of them: sums by hour. */
    public static Dataset<Row> hourly(Dataset<Row> payments, Column time) {
        return payments.groupBy(window(time, "1 hour").as("hours"))
                .agg(sum("amount").as("total"))
                .select(col("hours.start").as("hour"), col("total"));
    }

    /** A sum before the sum. */
    public static Dataset<Row> tenMinutes(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "10 minutes"))
                .agg(sum("amount").as("amount"));
    }

    /** Payments whose order is known. */
    public static Dataset<Row> withOrders(Dataset<Row> payments, Dataset<Row> orders, String within) {
        return orders.join(payments, expr("o = id AND time >= o_time AND time <= o_time + INTERVAL " + within));
    }

    /** A query that runs, and what each of its batches has put out. */
    record Chain(StreamingQuery query, Map<Long, List<Row>> out) {

        static Chain start(Dataset<Row> hourly) throws Exception {
            Map<Long, List<Row>> out = new ConcurrentSkipListMap<>();
            return new Chain(
                    hourly.writeStream()
                            .outputMode("append")
                            .foreachBatch((batch, id) -> {
                                out.put(id, batch.collectAsList());
                            })
                            .start(),
                    out);
        }

        String putOut() {
            List<String> lines = new ArrayList<>();
            for (StreamingQueryProgress batch : batches()) {
                String watermark = clock(batch.eventTime().get("watermark"));
                out.getOrDefault(batch.batchId(), List.of())
                        .forEach(
                                row -> lines.add(clock(row.get(0).toString()) + " " + row.get(1) + " at " + watermark));
            }
            return String.join(", ", lines);
        }

        /** Spark lists a query's steps from its end. */
        String late() {
            List<String> late = new ArrayList<>();
            for (int i = batches().get(0).stateOperators().length - 1; i >= 0; i--) {
                int step = i;
                late.add(batches().get(0).stateOperators()[step].operatorName() + " "
                        + batches().stream()
                                .mapToLong(batch -> batch.stateOperators()[step].numRowsDroppedByWatermark())
                                .sum());
            }
            return String.join(", ", late);
        }

        /** The batches that have run; while a query waits for its first one, it reports progress, too. */
        private List<StreamingQueryProgress> batches() {
            return Arrays.stream(query.recentProgress())
                    .filter(batch -> batch.stateOperators().length > 0)
                    .toList();
        }
    }

    /** Rows as JSON lines. */
    static List<String> json(String name, String rows) {
        return Arrays.stream(rows.split(", "))
                .filter(row -> !row.isEmpty())
                .map(row -> row.split(" "))
                .map(of -> name.equals("o")
                        ? String.format("{\"o\":%s,\"o_time\":\"2018-04-01T%s:00Z\"}", of[0], of[1])
                        : String.format("{\"id\":%s,\"time\":\"2018-04-01T%s:00Z\",\"amount\":%s}", (Object[]) of))
                .toList();
    }

    private static void print(String before, String out, String late) {
        System.out.printf("%-12s  %-41s  %s%n", before, out, late);
    }

    private static String clock(String instant) {
        return instant.substring(11, 16);
    }
}
