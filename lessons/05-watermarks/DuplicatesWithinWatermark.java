///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Payments that are delivered twice, and four ways of telling: what passes, what is remembered, what is lost. */
@Command(name = "DuplicatesWithinWatermark", mixinStandardHelpOptions = true, description = "Once, but for how long?")
public class DuplicatesWithinWatermark implements Callable<Integer> {

    @Option(
            names = "--wait",
            defaultValue = "30 minutes",
            description = "how far payments may lag (default: ${DEFAULT-VALUE})")
    String wait;

    /** What arrives, file by file: a payment's id, and its time. */
    static final List<String> FILES = List.of(
            "1 09:00", "1 09:00", "1 09:01", "2 09:50", "1 09:25", "3 10:20", "4 09:45", "5 09:50", "1 09:55",
            "6 11:30");

    public static void main(String[] args) {
        Program.run(new DuplicatesWithinWatermark(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("DuplicatesWithinWatermark")) {
            Inbox inbox = Inbox.create();
            Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA).json(inbox.path());
            Dataset<Row> bounded = payments.withWatermark("time", wait);
            List<Way> ways = List.of(
                    Way.start("id, no watermark", payments.dropDuplicates("id")),
                    Way.start("id", bounded.dropDuplicates("id")),
                    Way.start("id, time", bounded.dropDuplicates("id", "time")),
                    Way.start("id, within watermark", bounded.dropDuplicatesWithinWatermark("id")));
            print("", "", ways.stream().map(Way::name).toList());
            print("came in", "watermark", ways.stream().map(way -> "kept").toList());
            for (String file : FILES) {
                inbox.deliver(payments(file));
                List<String> said = ways.stream().map(Way::next).toList();
                print(file, ways.get(3).watermark(), said);
            }
            for (Way way : ways) {
                way.query.stop();
            }
            return 0;
        }
    }

    /** A way of telling duplicates that runs; the batches seen, and what has passed since one last looked. */
    record Way(String name, StreamingQuery query, AtomicInteger seen, ConcurrentLinkedQueue<Long> passed) {

        static Way start(String name, Dataset<Row> distinct) throws Exception {
            ConcurrentLinkedQueue<Long> passed = new ConcurrentLinkedQueue<>();
            return new Way(
                    name,
                    distinct.writeStream()
                            .outputMode("append")
                            .foreachBatch((batch, id) -> {
                                batch.collectAsList().forEach(row -> passed.add(row.getLong(0)));
                            })
                            .start(),
                    new AtomicInteger(),
                    passed);
        }

        /** Waits until all is read that there is: rows kept, and what became of the row that came in. */
        String next() {
            query.processAllAvailable();
            List<StreamingQueryProgress> all = batches(query);
            boolean late = all.stream()
                    .skip(seen.getAndSet(all.size()))
                    .anyMatch(batch -> batch.stateOperators()[0].numRowsDroppedByWatermark() > 0);
            String fate = !passed.isEmpty() ? "passes" : late ? "too late" : "dropped";
            passed.clear();
            return String.format(
                    "%-4s %s", all.get(all.size() - 1).stateOperators()[0].numRowsTotal(), fate);
        }

        String watermark() {
            String watermark = query.lastProgress().eventTime().get("watermark");
            return watermark.startsWith("1970") ? "none" : watermark.substring(11, 16);
        }
    }

    /** The batches that a query has run; while it waits for its first one, it reports progress, too. */
    private static List<StreamingQueryProgress> batches(StreamingQuery query) {
        return Arrays.stream(query.recentProgress())
                .filter(batch -> batch.stateOperators().length > 0)
                .toList();
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        String[] of = file.split(" ");
        return List.of(String.format("{\"id\":%s,\"time\":\"2018-04-01T%s:00Z\"}", of[0], of[1]));
    }

    private static void print(String in, String watermark, List<String> ways) {
        System.out.println(String.format(
                        "%-7s  %-9s  %-16s  %-13s  %-13s  %s",
                        in, watermark, ways.get(0), ways.get(1), ways.get(2), ways.get(3))
                .stripTrailing());
    }
}
