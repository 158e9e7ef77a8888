///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** A watermark is a mark on a column: which columns still have it, and which rows move it. */
@Command(name = "WatermarkedColumns", mixinStandardHelpOptions = true, description = "Where the watermark is lost.")
public class WatermarkedColumns implements Callable<Integer> {

    /** What arrives, file by file: when a payment was made, and with which card. The clock of card 9 is wrong. */
    public static final List<String> FILES = List.of("2018-04-01T09:10 7", "2018-04-01T12:10 7", "2018-04-01T15:10 8");

    static final List<String> A_WRONG_CLOCK = List.of("2018-04-01T09:10 7", "2030-01-01T00:00 9");

    public static void main(String[] args) {
        Program.run(new WatermarkedColumns(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("WatermarkedColumns")) {
            Set<String> refusals = new LinkedHashSet<>();
            print("grouped by", "append", "update");
            Dataset<Row> payments = payments(spark, FILES);
            groups().forEach((name, query) ->
                    print(name, run(query, payments, "append", refusals), run(query, payments, "update", refusals)));
            refusals.forEach(refusal -> System.out.println("refused: " + refusal));
            System.out.println("a payment from 2030 moves the watermark to");
            for (Map.Entry<String, Dataset<Row>> filter :
                    filters(payments(spark, A_WRONG_CLOCK)).entrySet()) {
                Dataset<Row> hourly = sums(filter.getValue(), window(col("time"), "1 hour"));
                String watermark = last(hourly, "append").eventTime().get("watermark");
                System.out.printf("    %-33s  %s%n", filter.getKey(), watermark.substring(0, 16));
            }
            return 0;
        }
    }

    /** Queries that look alike, each by what it groups by. */
    public static Map<String, UnaryOperator<Dataset<Row>>> groups() {
        Map<String, UnaryOperator<Dataset<Row>>> groups = new LinkedHashMap<>();
        Column hour = window(col("time"), "1 hour");
        groups.put("window(time)", payments -> sums(marked(payments), hour));
        groups.put("window(time), customer", payments -> sums(marked(payments), hour, col("customer")));
        groups.put(
                "window(at), time renamed before",
                payments -> sums(marked(payments).withColumnRenamed("time", "at"), window(col("at"), "1 hour")));
        groups.put("time", payments -> sums(marked(payments), col("time")));
        groups.put("window(time).start", payments -> sums(marked(payments), hour.getField("start")));
        groups.put("date_trunc(hour, time)", payments -> sums(marked(payments), date_trunc("hour", col("time"))));
        groups.put(
                "window(time + 1 hour)",
                payments -> sums(marked(payments), window(col("time").plus(expr("INTERVAL 1 HOUR")), "1 hour")));
        groups.put("customer", payments -> sums(marked(payments), col("customer")));
        groups.put("window(time), not marked", payments -> sums(payments, hour));
        groups.put(
                "window(time), another column marked",
                payments -> sums(
                        payments.withColumn("seen", current_timestamp()).withWatermark("seen", "30 minutes"), hour));
        groups.put(
                "window(time), marked afterwards",
                payments -> marked(sums(payments, hour.as("hours")).withColumn("time", col("hours.start"))));
        groups.put("window(time), marked twice", payments -> sums(marked(marked(payments)), hour));
        groups.put(
                "window(time), marked as a string",
                payments -> sums(marked(payments.withColumn("time", col("time").cast("string"))), hour));
        return groups;
    }

    public static Dataset<Row> marked(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes");
    }

    /** Filters in front of the watermark and behind it. */
    public static Map<String, Dataset<Row>> filters(Dataset<Row> payments) {
        Map<String, Dataset<Row>> filters = new LinkedHashMap<>();
        filters.put("no filter", marked(payments));
        filters.put("time < 2019, after withWatermark", marked(payments).where("time < '2019-01-01'"));
        filters.put("time < 2019, before", marked(payments.where("time < '2019-01-01'")));
        filters.put("customer < 9, after", marked(payments).where("customer < 9"));
        filters.put("customer < 9, before", marked(payments.where("customer < 9")));
        return filters;
    }

    public static Dataset<Row> sums(Dataset<Row> payments, Column... groups) {
        return payments.groupBy(groups).agg(sum("amount").as("total"));
    }

    /** The rows that are left in the state, if Spark does not refuse. */
    static String run(UnaryOperator<Dataset<Row>> query, Dataset<Row> payments, String mode, Set<String> refusals) {
        try {
            return "keeps "
                    + last(query.apply(payments), mode).stateOperators()[0].numRowsTotal();
        } catch (Exception e) {
            refusals.add(reason(e.getMessage()));
            return "refused";
        }
    }

    /** What Spark says, without the frame around it. */
    static String reason(String message) {
        return message.replaceAll("^\\[.*?] (Query .*? exception: )?(Invalid streaming output mode: append\\. )?", "")
                .replaceAll("(?s)\\. (You can set|SQLSTATE).*", "");
    }

    /** The progress of a query's last batch. */
    public static StreamingQueryProgress last(Dataset<Row> query, String mode) throws Exception {
        StreamingQuery running = query.writeStream()
                .outputMode(mode)
                .trigger(Trigger.AvailableNow())
                .format("noop")
                .start();
        running.awaitTermination();
        return running.lastProgress();
    }

    /** A stream of these files, each a batch. */
    public static Dataset<Row> payments(SparkSession spark, List<String> files) {
        Inbox inbox = Inbox.create();
        files.stream()
                .map(file -> file.split(" "))
                .forEach(of -> inbox.deliver(
                        List.of(String.format("{\"time\":\"%s:00Z\",\"customer\":%s,\"amount\":1.00}", of[0], of[1]))));
        return spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", 1)
                .json(inbox.path());
    }

    private static void print(String group, String append, String update) {
        System.out.printf("%-37s  %-7s  %s%n", group, append, update);
    }
}
