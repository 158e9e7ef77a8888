///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Late payments, in each output mode and in batches of different make: which are counted, and which are dropped. */
@Command(name = "TooLate", mixinStandardHelpOptions = true, description = "What is dropped, and what is not.")
public class TooLate implements Callable<Integer> {

    private static final String NO_DATA_BATCHES = "spark.sql.streaming.noDataMicroBatches.enabled";

    private static final String CELL = String.format("%-4s %-4s %s", "kept", "late", "out");

    @Option(
            names = "--wait",
            defaultValue = "30 minutes",
            description = "how far payments may lag (default: ${DEFAULT-VALUE})")
    String wait;

    /** What arrives, file by file: when a payment was made, and how much it was. */
    static final List<String> FILES =
            List.of("09:10 5, 09:50 2", "10:45 1, 09:20 3", "09:55 4, 09:58 6, 10:05 8", "11:40 7");

    public static void main(String[] args) {
        Program.run(new TooLate(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("TooLate")) {
            sideBySide(spark);
            System.out.println("append, in other batches");
            Inbox all = Inbox.create();
            FILES.forEach(file -> all.deliver(payments(file)));
            System.out.println("    one file after the other, as above     " + oneByOne(spark, true));
            System.out.println("    the same, without batches of no data   " + oneByOne(spark, false));
            System.out.println("    a backlog, a file a batch              " + backlog(spark, all, 1));
            System.out.println("    a backlog in one batch                 " + backlog(spark, all, FILES.size()));
            return 0;
        }
    }

    /** The query: sums by hour, and how long to wait for payments that are late. */
    public static Dataset<Row> hourly(Dataset<Row> payments, String wait) {
        return payments.withWatermark("time", wait)
                .groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    /** The same query in the three output modes; a file comes when all have dealt with the one before. */
    private void sideBySide(SparkSession spark) throws Exception {
        Inbox inbox = Inbox.create();
        Dataset<Row> hourly = hourly(spark.readStream().schema(Payment.SCHEMA).json(inbox.path()), wait);
        List<Mode> modes =
                List.of(Mode.start("append", hourly), Mode.start("update", hourly), Mode.start("complete", hourly));
        print("", "", modes.stream().map(Mode::name).toList());
        print("came in", "watermark", List.of(CELL, CELL, CELL));
        for (String file : FILES) {
            inbox.deliver(payments(file));
            List<List<String>> said = modes.stream().map(Mode::next).toList();
            for (int line = 0; line < said.stream().mapToInt(List::size).max().orElse(0); line++) {
                int at = line;
                print(
                        line == 0 ? file : "",
                        line == 0 ? clock(modes.get(0).query.lastProgress()) : "",
                        said.stream()
                                .map(lines -> at < lines.size() ? lines.get(at) : "")
                                .toList());
            }
        }
        for (Mode mode : modes) {
            mode.query.stop();
        }
    }

    /** A file comes when the one before has been dealt with. */
    private List<String> oneByOne(SparkSession spark, boolean noDataBatches) throws Exception {
        spark.conf().set(NO_DATA_BATCHES, noDataBatches);
        Inbox inbox = Inbox.create();
        Mode append = Mode.start(
                "append", hourly(spark.readStream().schema(Payment.SCHEMA).json(inbox.path()), wait));
        for (String file : FILES) {
            inbox.deliver(payments(file));
            append.query.processAllAvailable();
        }
        append.query.stop();
        spark.conf().unset(NO_DATA_BATCHES);
        return List.copyOf(append.out);
    }

    /** All files are there when the query starts. */
    private List<String> backlog(SparkSession spark, Inbox inbox, int filesPerBatch) throws Exception {
        ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
        Dataset<Row> payments = spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", filesPerBatch)
                .json(inbox.path());
        hourly(payments, wait)
                .writeStream()
                .outputMode("append")
                .trigger(Trigger.AvailableNow())
                .foreachBatch((batch, id) -> {
                    collect(batch).forEach(out::add);
                })
                .start()
                .awaitTermination();
        return List.copyOf(out);
    }

    /** A query that runs in an output mode; the batches seen, and what has been put out since one last looked. */
    record Mode(String name, StreamingQuery query, AtomicInteger seen, ConcurrentLinkedQueue<String> out) {

        static Mode start(String name, Dataset<Row> hourly) throws Exception {
            ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
            return new Mode(
                    name,
                    hourly.writeStream()
                            .outputMode(name)
                            .foreachBatch((batch, id) -> {
                                collect(batch).forEach(out::add);
                            })
                            .start(),
                    new AtomicInteger(),
                    out);
        }

        /** Waits until all is read that there is: rows kept, rows dropped, and a line for each row put out. */
        List<String> next() {
            query.processAllAvailable();
            List<StreamingQueryProgress> all = batches(query);
            long late = all.stream()
                    .skip(seen.getAndSet(all.size()))
                    .mapToLong(batch -> batch.stateOperators()[0].numRowsDroppedByWatermark())
                    .sum();
            long kept = all.get(all.size() - 1).stateOperators()[0].numRowsTotal();
            List<String> lines = new ArrayList<>();
            lines.add(String.format("%-4s %-4s %s", kept, late == 0 ? "" : late, out.isEmpty() ? "" : out.poll()));
            for (String row = out.poll(); row != null; row = out.poll()) {
                lines.add(" ".repeat(10) + row);
            }
            return lines;
        }
    }

    private static List<String> collect(Dataset<Row> batch) {
        return batch.collectAsList().stream()
                .map(row -> row.get(0).toString().substring(11, 16) + " " + row.get(1))
                .sorted()
                .toList();
    }

    /** The batches that a query has run; while it waits for its first one, it reports progress, too. */
    private static List<StreamingQueryProgress> batches(StreamingQuery query) {
        return Arrays.stream(query.recentProgress())
                .filter(batch -> batch.stateOperators().length > 0)
                .toList();
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"amount\":%s}", of[0], of[1]))
                .toList();
    }

    private static void print(String in, String watermark, List<String> modes) {
        System.out.println(
                String.format("%-25s  %-9s  %-21s  %-21s  %s", in, watermark, modes.get(0), modes.get(1), modes.get(2))
                        .stripTrailing());
    }

    /** The time of day; none for the beginning of all time, where a watermark starts. */
    private static String clock(StreamingQueryProgress batch) {
        String watermark = batch.eventTime().get("watermark");
        return watermark.startsWith("1970") ? "none" : watermark.substring(11, 16);
    }
}
