///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The watermark computed by hand, batch by batch, next to the one in Spark's checkpoint. */
@Command(description = "The watermark: a maximum and a subtraction.")
public class TheWatermarkByHand extends SparkProgram {

    @Option(
            names = "--wait",
            defaultValue = "30m",
            converter = DurationConverter.class,
            description = "the watermark's delay (${DEFAULT-VALUE})")
    Duration wait;

    @Option(
            names = "--then",
            defaultValue = "2h",
            converter = DurationConverter.class,
            description = "the delay after the restart (${DEFAULT-VALUE})")
    Duration then;

    /** The input, file by file: the time of a payment and its amount. */
    static final List<String> FILES =
            List.of("09:10 5.00, 09:50 2.00", "09:40 4.00", "null 9.00", "10:29 1.00", "10:30 8.00");

    static final List<String> AFTER_RESTART = List.of("10:40 3.00", "12:20 7.00", "13:10 6.00");

    private final Path checkpoint = Scratch.folder("checkpoint-");
    private final Inbox inbox = Inbox.create();
    private final TextTable table = new TextTable("%-8s  %-22s  %-6s  %-6s  %-5s  %-9s  %-9s  %s");
    private boolean agree = true;

    /** The query: sums by hour. */
    public static Dataset<Row> hourly(Dataset<Row> payments, Duration wait) {
        return payments.withWatermark("time", wait.toSeconds() + " seconds")
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    /** The newest event time since the start of the query, and the watermark. */
    record ByHand(Instant newest, Instant watermark) {

        /** The state after a batch: neither time goes back. */
        ByHand after(List<Instant> times, Duration wait) {
            Instant newest = times.stream().reduce(newest(), ByHand::later);
            return new ByHand(newest, later(watermark(), newest.minus(wait)));
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        table.row("", "", "by hand", "", "", "in the checkpoint", "", "");
        table.row("", "input", "newest", "-delay", "next", "offsets/N", "commits/N", "output");
        Instant watermark = run(spark, wait, Instant.EPOCH, FILES);
        System.out.println("restart");
        run(spark, then, watermark, AFTER_RESTART);
        System.out.println("by hand as in the checkpoint: " + agree);
    }

    /** Runs the query from its checkpoint over these files, and returns the last watermark by hand. */
    private Instant run(SparkSession spark, Duration wait, Instant watermark, List<String> files) throws Exception {
        ByHand byHand = new ByHand(Instant.EPOCH, watermark);
        var writer = hourly(inbox.stream(spark, Payment.SCHEMA), wait)
                .writeStream()
                .outputMode("append")
                .option("checkpointLocation", checkpoint.toString());
        try (var query = CollectedQuery.start(writer)) {
            for (String file : files) {
                inbox.deliver("time amount", file);
                for (CollectedBatch<Row> batch : query.processAllAvailable()) {
                    String input = batch.inputRows() > 0 ? file : "";
                    ByHand after = byHand.after(times(input), wait);
                    print(batch, input, byHand.watermark(), after, wait);
                    byHand = after;
                }
            }
        }
        return byHand.watermark();
    }

    private void print(CollectedBatch<Row> batch, String input, Instant used, ByHand after, Duration wait)
            throws Exception {
        Instant offsets = watermark("offsets/" + batch.id(), "batchWatermarkMs");
        Instant commits = watermark("commits/" + batch.id(), "nextBatchWatermarkMs");
        agree &= used.equals(offsets) && after.watermark().equals(commits);
        table.row(
                "batch " + batch.id(),
                input,
                input.isEmpty() ? "" : ClockTime.of(after.newest()),
                input.isEmpty() ? "" : ClockTime.of(after.newest().minus(wait)),
                ClockTime.of(after.watermark()),
                ClockTime.of(offsets),
                ClockTime.of(commits),
                batch.output());
    }

    /** The watermark in a file of the checkpoint. */
    private Instant watermark(String file, String field) throws Exception {
        String text = Files.readString(checkpoint.resolve(file));
        return Instant.ofEpochMilli(Long.parseLong(text.replaceAll("(?s).*\"" + field + "\":(\\d+).*", "$1")));
    }

    /** The event times of a file, without nulls. */
    private static List<Instant> times(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" ")[0])
                .filter(time -> time.contains(":"))
                .map(time -> Instant.parse("2018-04-01T" + time + ":00Z"))
                .toList();
    }

    public static void main(String[] args) {
        Program.run(new TheWatermarkByHand(), args);
    }
}
