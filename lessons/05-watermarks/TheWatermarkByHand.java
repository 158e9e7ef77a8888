///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.DurationConverter;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** The watermark worked out by hand, batch by batch, beside what Spark writes into its checkpoint. */
@Command(name = "TheWatermarkByHand", mixinStandardHelpOptions = true, description = "A maximum and a subtraction.")
public class TheWatermarkByHand implements Callable<Integer> {

    @Option(
            names = "--wait",
            defaultValue = "30m",
            converter = DurationConverter.class,
            description = "how far payments may lag (default: ${DEFAULT-VALUE})")
    Duration wait;

    @Option(
            names = "--then",
            defaultValue = "2h",
            converter = DurationConverter.class,
            description = "the same, after the restart (default: ${DEFAULT-VALUE})")
    Duration then;

    /** What arrives, file by file: when a payment was made, and how much it was. */
    static final List<String> FILES =
            List.of("09:10 5.00, 09:50 2.00", "09:40 4.00", "null 9.00", "10:29 1.00", "10:30 8.00");

    static final List<String> AFTER_THE_RESTART = List.of("10:40 3.00", "12:20 7.00", "13:10 6.00");

    private final Path checkpoint = Scratch.folder("checkpoint-");
    private final Inbox inbox = Inbox.create();
    /** What each batch put out. */
    private final Map<Long, String> out = new ConcurrentHashMap<>();

    private ByHand byHand;
    private boolean agree = true;

    public static void main(String[] args) {
        Program.run(new TheWatermarkByHand(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("TheWatermarkByHand")) {
            System.out.printf("%-34s%-22s%s%n", "", "by hand", "in the checkpoint");
            print("", "came in", "newest", "less", "next", "offsets/N", "commits/N", "put out");
            run(spark, wait, Instant.EPOCH, FILES);
            System.out.println("restart");
            run(spark, then, byHand.watermark, AFTER_THE_RESTART);
            System.out.println("by hand as in the checkpoint: " + agree);
            return 0;
        }
    }

    /** What Spark does. It starts at the epoch, or where the checkpoint says; what was newest then, it has forgotten. */
    static final class ByHand {
        final Duration wait;
        Instant newest = Instant.EPOCH;
        Instant watermark;

        ByHand(Duration wait, Instant watermark) {
            this.wait = wait;
            this.watermark = watermark;
        }

        /** After a batch: it never goes back. */
        void seen(List<Instant> times) {
            times.forEach(time -> newest = later(newest, time));
            watermark = later(watermark, newest.minus(wait));
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    private void run(SparkSession spark, Duration wait, Instant watermark, List<String> files) throws Exception {
        byHand = new ByHand(wait, watermark);
        StreamingQuery query = hourly(spark.readStream().schema(Payment.SCHEMA).json(inbox.path()), wait)
                .writeStream()
                .outputMode("append")
                .option("checkpointLocation", checkpoint.toString())
                .foreachBatch(this::keep)
                .start();
        for (String file : files) {
            inbox.deliver(payments(file));
            query.processAllAvailable();
            for (StreamingQueryProgress batch : query.recentProgress()) {
                boolean idle = batch.stateOperators().length == 0; // what is no batch bears the number of the next one
                if (!idle && out.containsKey(batch.batchId())) {
                    compare(batch.batchId(), batch.numInputRows() > 0 ? file : "");
                }
            }
        }
        query.stop();
    }

    /** The query: sums by hour, and how long to wait for payments that are late. */
    public static Dataset<Row> hourly(Dataset<Row> payments, Duration wait) {
        return payments.withWatermark("time", wait.toSeconds() + " seconds")
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    private void compare(long batch, String file) throws IOException {
        Instant used = byHand.watermark;
        byHand.seen(times(file));
        Instant offsets = written("offsets/" + batch, "batchWatermarkMs");
        Instant commits = written("commits/" + batch, "nextBatchWatermarkMs");
        agree &= used.equals(offsets) && byHand.watermark.equals(commits);
        String newest = file.isEmpty() ? "" : clock(byHand.newest);
        String less = file.isEmpty() ? "" : clock(byHand.newest.minus(byHand.wait));
        print(
                "batch " + batch,
                file,
                newest,
                less,
                clock(byHand.watermark),
                clock(offsets),
                clock(commits),
                out.remove(batch));
    }

    /** A watermark in a file of the checkpoint. */
    Instant written(String file, String field) throws IOException {
        String text = Files.readString(checkpoint.resolve(file));
        return Instant.ofEpochMilli(Long.parseLong(text.replaceAll("(?s).*\"" + field + "\":(\\d+).*", "$1")));
    }

    /** The times of a file's payments; one that has none counts for nothing. */
    static List<Instant> times(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" ")[0])
                .filter(time -> time.contains(":"))
                .map(time -> Instant.parse("2018-04-01T" + time + ":00Z"))
                .toList();
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format(
                        "{\"time\":%s,\"amount\":%s}",
                        of[0].equals("null") ? "null" : "\"2018-04-01T" + of[0] + ":00Z\"", of[1]))
                .toList();
    }

    private void keep(Dataset<Row> batch, long id) {
        out.put(
                id,
                batch.collectAsList().stream()
                        .map(row -> row.get(0).toString().substring(11, 16) + " " + row.get(1))
                        .collect(Collectors.joining(", ")));
    }

    private static void print(String... cells) {
        String line = String.format("%-8s  %-22s  %-6s  %-5s  %-5s  %-9s  %-9s  %s", (Object[]) cells);
        System.out.println(line.stripTrailing());
    }

    /** The time of day; none for the beginning of all time, where a watermark starts. */
    private static String clock(Instant instant) {
        return instant.toString().startsWith("1970")
                ? "none"
                : instant.toString().substring(11, 16);
    }
}
