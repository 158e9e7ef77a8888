///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Sums by different groupings: which grouping columns carry the watermark, so that state is deleted. */
@Command(description = "Which columns carry the watermark.")
public class WatermarkedColumns extends SparkProgram {

    /** The input, file by file: the time of a payment and its customer. */
    public static final List<String> FILES = List.of("09:10 7", "12:10 7", "15:10 8");

    /** The queries, by what they group by. */
    public static Map<String, UnaryOperator<Dataset<Row>>> queries() {
        Map<String, UnaryOperator<Dataset<Row>>> queries = new LinkedHashMap<>();
        Column hour = window(col("time"), "1 hour");
        queries.put("window(time)", payments -> sums(watermarked(payments), hour));
        queries.put("window(time), customer", payments -> sums(watermarked(payments), hour, col("customer")));
        queries.put(
                "window(at), time renamed before",
                payments -> sums(watermarked(payments).withColumnRenamed("time", "at"), window(col("at"), "1 hour")));
        queries.put("time", payments -> sums(watermarked(payments), col("time")));
        queries.put("window(time).start", payments -> sums(watermarked(payments), hour.getField("start")));
        queries.put("date_trunc(hour, time)", payments -> sums(watermarked(payments), date_trunc("hour", col("time"))));
        queries.put(
                "window(time + 1 hour)",
                payments -> sums(watermarked(payments), window(expr("time + INTERVAL 1 HOUR"), "1 hour")));
        queries.put("customer", payments -> sums(watermarked(payments), col("customer")));
        queries.put("window(time), no watermark", payments -> sums(payments, hour));
        queries.put(
                "window(time), watermark on another column",
                payments -> sums(
                        payments.withColumn("seen", current_timestamp()).withWatermark("seen", "30 minutes"), hour));
        queries.put(
                "window(time), watermark after groupBy",
                payments -> watermarked(sums(payments, hour.as("hours")).withColumn("time", col("hours.start"))));
        queries.put("window(time), two watermarks", payments -> sums(watermarked(watermarked(payments)), hour));
        queries.put(
                "window(time), watermark on a string",
                payments ->
                        sums(watermarked(payments.withColumn("time", col("time").cast("string"))), hour));
        return queries;
    }

    public static Dataset<Row> watermarked(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes");
    }

    public static Dataset<Row> sums(Dataset<Row> payments, Column... groups) {
        return payments.groupBy(groups).agg(sum("amount").as("total"));
    }

    /** The input as a stream, one file per batch. */
    public static Dataset<Row> payments(SparkSession spark) {
        Inbox inbox = Inbox.create();
        FILES.forEach(file -> inbox.deliver("time customer amount", file + " 1.00"));
        return inbox.stream(spark, Payment.SCHEMA);
    }

    /** Runs a query over all files and returns the number of rows in its state. */
    public static long stateRows(Dataset<Row> query, String mode) throws Exception {
        return CollectedBatches.of(CollectedQuery.run(query, mode)).stateRows();
    }

    @Override
    protected void run(SparkSession spark) {
        Dataset<Row> payments = payments(spark);
        Set<String> refusals = new LinkedHashSet<>();
        TextTable table = new TextTable("%-41s  %-7s  %s");
        table.row("grouped by", "append", "update");
        queries()
                .forEach((name, query) -> table.row(
                        name,
                        result(query, payments, "append", refusals),
                        result(query, payments, "update", refusals)));
        refusals.forEach(refusal -> System.out.println("refused: " + refusal));
    }

    private static String result(
            UnaryOperator<Dataset<Row>> query, Dataset<Row> payments, String mode, Set<String> refusals) {
        try {
            return "keeps " + stateRows(query.apply(payments), mode);
        } catch (Exception e) {
            refusals.add(reason(e.getMessage()));
            return "refused";
        }
    }

    /** The reason in Spark's error message, without the error class and the advice. */
    private static String reason(String message) {
        return message.replaceAll("^\\[.*?] (Query .*? exception: )?(Invalid streaming output mode: append\\. )?", "")
                .replaceAll("(?s)\\. (You can set|SQLSTATE).*", "");
    }

    public static void main(String[] args) {
        Program.run(new WatermarkedColumns(), args);
    }
}
