///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Orders and their payments, joined while both still come: what is kept, for how long, and what is put out when. */
@Command(name = "TwoStreams", mixinStandardHelpOptions = true, description = "Joins of two streams.")
public class TwoStreams implements Callable<Integer> {

    @Option(
            names = "--within",
            defaultValue = "1 hour",
            description = "how long a payment may take (default: ${DEFAULT-VALUE})")
    String within;

    /** What arrives, file by file: orders, or payments. The order's number and a time each. */
    static final List<String> FILES = List.of(
            "orders 1 09:00, 2 09:10",
            "paid 1 09:30",
            "orders 3 11:00",
            "paid 3 11:05",
            "orders 4 12:10",
            "paid 2 12:15, 4 12:20",
            "orders 5 14:00",
            "paid 9 14:00");

    private static final String CELL = "%-4s %s";

    public static void main(String[] args) {
        Program.run(new TwoStreams(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("TwoStreams")) {
            Map<String, Inbox> inboxes = Map.of("orders", Inbox.create(), "paid", Inbox.create());
            Dataset<Row> orders = stream(spark, inboxes.get("orders"), "o");
            Dataset<Row> payments = stream(spark, inboxes.get("paid"), "p");
            List<Join> joins = List.of(
                    Join.start("no bound", whenever(orders, payments)),
                    Join.start("in time", inTime(orders, payments, within, "inner")),
                    Join.start("in time, outer", inTime(orders, payments, within, "left_outer")));
            print("", "", joins.stream().map(Join::name).toList());
            print("came in", "watermark", Collections.nCopies(3, String.format(CELL, "kept", "out")));
            for (String file : FILES) {
                String[] of = file.split(" ", 2);
                inboxes.get(of[0]).deliver(json(of[0].substring(0, 1), of[1]));
                List<String> said = joins.stream().map(Join::next).toList();
                print(file, joins.get(2).watermark(), said);
            }
            for (Join join : joins) {
                join.query.stop();
                System.out.printf(
                        "kept for %-15s orders %s, payments %s%n",
                        join.name + ":", kept(spark, join.checkpoint, "left"), kept(spark, join.checkpoint, "right"));
            }
            return 0;
        }
    }

    /** Orders with their payments, whenever those come. */
    public static Dataset<Row> whenever(Dataset<Row> orders, Dataset<Row> payments) {
        return orders.join(payments, expr("p = o"));
    }

    /** Orders with their payments, if those come in time. */
    public static Dataset<Row> inTime(Dataset<Row> orders, Dataset<Row> payments, String within, String type) {
        return orders.join(
                payments, expr("p = o AND p_time >= o_time AND p_time <= o_time + INTERVAL " + within), type);
    }

    /** Which orders (left) or payments (right) a join keeps. */
    public static List<Integer> kept(SparkSession spark, Path checkpoint, String side) {
        return spark
                .read()
                .format("statestore")
                .option("joinSide", side)
                .load(checkpoint.toString())
                .selectExpr("key.*")
                .as(Encoders.INT())
                .collectAsList()
                .stream()
                .sorted()
                .toList();
    }

    /** A stream whose rows lag by ten minutes at most. */
    static Dataset<Row> stream(SparkSession spark, Inbox inbox, String name) {
        return spark.readStream()
                .schema(name + " INT, " + name + "_time TIMESTAMP")
                .json(inbox.path())
                .withWatermark(name + "_time", "10 minutes");
    }

    /** A join that runs, and what it has put out since one last looked. */
    record Join(String name, StreamingQuery query, Path checkpoint, ConcurrentLinkedQueue<String> out) {

        static Join start(String name, Dataset<Row> join) throws Exception {
            Path checkpoint = Scratch.folder("checkpoint-");
            ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
            StreamingQuery query = join.writeStream()
                    .outputMode("append")
                    .option("checkpointLocation", checkpoint.toString())
                    .foreachBatch((batch, id) -> {
                        batch.select("o", "p").collectAsList().stream()
                                .map(row -> row.get(0) + (row.isNullAt(1) ? " unpaid" : " paid"))
                                .sorted()
                                .forEach(out::add);
                    })
                    .start();
            return new Join(name, query, checkpoint, out);
        }

        /** Waits until all is read that there is. */
        String next() {
            query.processAllAvailable();
            List<String> said = List.copyOf(out);
            out.clear();
            return String.format(
                    CELL, query.lastProgress().stateOperators()[0].numRowsTotal(), String.join(", ", said));
        }

        String watermark() {
            String watermark = query.lastProgress().eventTime().get("watermark");
            return watermark.startsWith("1970") ? "none" : watermark.substring(11, 16);
        }
    }

    private static void print(String in, String watermark, List<String> joins) {
        String line =
                String.format("%-23s  %-9s  %-19s  %-19s  %s", in, watermark, joins.get(0), joins.get(1), joins.get(2));
        System.out.println(line.stripTrailing());
    }

    /** Rows as JSON lines. */
    static List<String> json(String name, String rows) {
        return Arrays.stream(rows.split(", "))
                .map(row -> row.split(" "))
                .map(of -> String.format("{\"%s\":%s,\"%s_time\":\"2018-04-01T%s:00Z\"}", name, of[0], name, of[1]))
                .toList();
    }
}
