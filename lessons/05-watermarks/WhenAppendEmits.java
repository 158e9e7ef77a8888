///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

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
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Hourly sums in append mode: what came in, where the watermark stood, and what was put out, batch by batch. */
@Command(name = "WhenAppendEmits", mixinStandardHelpOptions = true, description = "When a window is put out.")
public class WhenAppendEmits implements Callable<Integer> {

    @Option(
            names = "--wait",
            defaultValue = "30 minutes",
            description = "how far payments may lag (default: ${DEFAULT-VALUE})")
    String wait;

    /** What arrives, file by file: when a payment was made, and how much it was. */
    static final List<String> FILES = List.of(
            "09:10 5.00, 09:50 2.00", "10:15 1.00", "09:40 4.00", "10:30 8.00", "09:55 3.00, 10:02 6.00", "11:30 7.00");

    /** What each batch put out. */
    private final Map<Long, String> out = new ConcurrentHashMap<>();

    public static void main(String[] args) {
        Program.run(new WhenAppendEmits(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("WhenAppendEmits")) {
            Inbox inbox = Inbox.create();
            Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA).json(inbox.path());
            StreamingQuery query = hourly(payments, wait)
                    .writeStream()
                    .outputMode("append")
                    .foreachBatch(this::keep)
                    .start();
            System.out.printf("         %-24s  %-9s  %-8s  put out%n", "came in", "watermark", "too late");
            for (String file : FILES) {
                inbox.deliver(payments(file));
                query.processAllAvailable();
                print(file, query.recentProgress());
            }
            query.stop();
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

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"amount\":%s}", of[0], of[1]))
                .toList();
    }

    private void keep(Dataset<Row> batch, long id) {
        out.put(
                id,
                batch.collectAsList().stream()
                        .map(row -> "hour from " + clock(row.get(0).toString()) + ": " + row.get(1))
                        .collect(Collectors.joining(", ")));
    }

    /** The batches that ran since the last file. Only the first had something to read. */
    private void print(String file, StreamingQueryProgress[] batches) {
        for (StreamingQueryProgress batch : batches) {
            boolean idle = batch.stateOperators().length == 0; // what is no batch bears the number of the next one
            String putOut = idle ? null : out.remove(batch.batchId());
            if (putOut != null) {
                long tooLate = batch.stateOperators()[0].numRowsDroppedByWatermark();
                String line = String.format(
                        "batch %d  %-24s  %-9s  %-8s  %s",
                        batch.batchId(),
                        batch.numInputRows() > 0 ? file : "",
                        clock(batch.eventTime().get("watermark")),
                        tooLate > 0 ? tooLate : "",
                        putOut);
                System.out.println(line.stripTrailing());
            }
        }
    }

    /** The time of day; none for the beginning of all time, where a watermark starts. */
    private static String clock(String instant) {
        return instant.startsWith("1970") ? "none" : instant.substring(11, 16);
    }
}
