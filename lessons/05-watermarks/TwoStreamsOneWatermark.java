///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Payments from shops and from the web in one sum: two inputs with a watermark each, and one for the query. */
@Command(name = "TwoStreamsOneWatermark", mixinStandardHelpOptions = true, description = "Whose watermark counts?")
public class TwoStreamsOneWatermark implements Callable<Integer> {

    static final String POLICY = "spark.sql.streaming.multipleWatermarkPolicy";

    @Option(
            names = "--shop",
            defaultValue = "10",
            description = "how many minutes payments from shops may lag (default: ${DEFAULT-VALUE})")
    int shop;

    @Option(
            names = "--web",
            defaultValue = "10",
            description = "the same for payments from the web (default: ${DEFAULT-VALUE})")
    int web;

    /** What arrives, file by file: where from, when it was paid, and how much it was. */
    static final List<String> FILES = List.of(
            "shop 09:10 5.00",
            "web 09:50 2.00",
            "web 11:00 1.00",
            "shop 09:40 3.00",
            "web 12:30 4.00",
            "shop 12:40 6.00");

    static final List<String> AFTER_THE_RESTART = List.of("web 14:00 7.00", "shop 13:10 8.00");

    private final Map<String, Inbox> inboxes = Map.of("shop", Inbox.create(), "web", Inbox.create());
    private final Map<String, LocalTime> own = new HashMap<>();

    public static void main(String[] args) {
        Program.run(new TwoStreamsOneWatermark(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("TwoStreamsOneWatermark")) {
            Dataset<Row> shops = stream(spark, "shop");
            Dataset<Row> webs = stream(spark, "web");
            Dataset<Row> marked =
                    shops.withWatermark("time", shop + " minutes").union(webs.withWatermark("time", web + " minutes"));
            Dataset<Row> markedAfter = shops.union(webs).withWatermark("time", Math.max(shop, web) + " minutes");
            List<Sums> sums = List.of(
                    Sums.start("min", "min", hourly(marked)),
                    Sums.start("max", "max", hourly(marked)),
                    Sums.start("one, after the union", "min", hourly(markedAfter)));
            print("", "own", "", sums.stream().map(Sums::name).toList());
            print(
                    "came in",
                    "shop",
                    "web",
                    sums.stream().map(query -> "used  late out").toList());
            feed(FILES, sums);
            for (Sums query : sums) {
                query.query.stop();
            }
            System.out.println("all are started again, with the policy max; in their checkpoints: "
                    + sums.stream().map(Sums::policy).toList());
            own.clear();
            feed(
                    AFTER_THE_RESTART,
                    List.of(
                            sums.get(0).again(hourly(marked)),
                            sums.get(1).again(hourly(marked)),
                            sums.get(2).again(hourly(markedAfter))));
            return 0;
        }
    }

    /** The query: sums by hour. */
    public static Dataset<Row> hourly(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("total"))
                .select(col("window.start").as("hour"), col("total"));
    }

    private Dataset<Row> stream(SparkSession spark, String name) {
        return spark.readStream()
                .schema(Payment.SCHEMA)
                .json(inboxes.get(name).path())
                .select("time", "amount");
    }

    private void feed(List<String> files, List<Sums> sums) {
        for (String file : files) {
            String[] of = file.split(" ");
            inboxes.get(of[0])
                    .deliver(List.of(String.format("{\"time\":\"2018-04-01T%s:00Z\",\"amount\":%s}", of[1], of[2])));
            LocalTime mark = LocalTime.parse(of[1]).minusMinutes(of[0].equals("shop") ? shop : web);
            own.merge(of[0], mark, (before, now) -> now.isAfter(before) ? now : before);
            print(file, own("shop"), own("web"), sums.stream().map(Sums::next).toList());
        }
    }

    /** The watermark of one input, by hand. */
    private String own(String name) {
        return own.containsKey(name) ? own.get(name).toString() : "";
    }

    /** A query that runs; the batches seen, and what has been put out since one last looked. */
    record Sums(String name, StreamingQuery query, Path checkpoint, AtomicInteger seen, Queue<String> out) {

        static Sums start(String name, String policy, Dataset<Row> hourly) throws Exception {
            return start(name, policy, hourly, Scratch.folder("checkpoint-"));
        }

        private static Sums start(String name, String policy, Dataset<Row> hourly, Path checkpoint) throws Exception {
            hourly.sparkSession().conf().set(POLICY, policy);
            ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
            StreamingQuery query = hourly.writeStream()
                    .outputMode("append")
                    .option("checkpointLocation", checkpoint.toString())
                    .foreachBatch((batch, id) -> {
                        batch.collectAsList().stream()
                                .map(row -> row.get(0).toString().substring(11, 16) + " " + row.get(1))
                                .sorted()
                                .forEach(out::add);
                    })
                    .start();
            return new Sums(name, query, checkpoint, new AtomicInteger(), out);
        }

        Sums again(Dataset<Row> hourly) throws Exception {
            return start(name, "max", hourly, checkpoint);
        }

        /** The policy as the checkpoint has it. */
        String policy() {
            try {
                return Files.readString(checkpoint.resolve("offsets/0"))
                        .replaceAll("(?s).*\"" + POLICY + "\":\"(\\w+)\".*", "$1");
            } catch (IOException e) {
                throw new UncheckedIOException("The checkpoint " + checkpoint + " cannot be read", e);
            }
        }

        /** Waits until all is read that there is. */
        String next() {
            query.processAllAvailable();
            List<StreamingQueryProgress> all = batches(query);
            long late = all.stream()
                    .skip(seen.getAndSet(all.size()))
                    .mapToLong(batch -> batch.stateOperators()[0].numRowsDroppedByWatermark())
                    .sum();
            String watermark = all.get(all.size() - 1).eventTime().get("watermark");
            String line = String.format(
                    "%-5s %-4s %s",
                    watermark.startsWith("1970") ? "none" : watermark.substring(11, 16),
                    late == 0 ? "" : late,
                    String.join(", ", out));
            out.clear();
            return line;
        }
    }

    /** The batches that a query has run; while it waits for its first one, it reports progress, too. */
    private static List<StreamingQueryProgress> batches(StreamingQuery query) {
        return Arrays.stream(query.recentProgress())
                .filter(batch -> batch.stateOperators().length > 0)
                .toList();
    }

    private static void print(String in, String shop, String web, List<String> sums) {
        System.out.println(String.format(
                        "%-15s  %-5s %-5s  %-35s  %-22s  %s", in, shop, web, sums.get(0), sums.get(1), sums.get(2))
                .stripTrailing());
    }
}
