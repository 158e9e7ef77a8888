///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** A query that counts, and what it remembers: batch by batch, file by file, and read back as a table. */
@Command(name = "WhereStateLives", mixinStandardHelpOptions = true, description = "A state store, opened.")
public class WhereStateLives implements Callable<Integer> {

    @Option(names = "--snapshots-only", description = "without changelogs, which is Spark's default")
    boolean snapshotsOnly;

    private static final Column FROM =
            date_format(col("key.window.start"), "HH:mm").as("from");

    /** What arrives, file by file: when a payment was made, and with which card. */
    static final List<String> FILES = List.of("09:10 7, 09:20 3", "09:30 7, 10:05 5", "10:40 3", "11:45 7");

    public static void main(String[] args) {
        Program.run(new WhereStateLives(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.named("WhereStateLives")
                .set("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "" + !snapshotsOnly)
                .set("spark.sql.streaming.stateStore.minDeltasForSnapshot", "5") // default: 10 versions
                .set("spark.sql.streaming.stateStore.maintenanceInterval", "100ms") // default: a minute
                .start()) {
            Path checkpoint = Scratch.folder("checkpoint-");
            Inbox inbox = Inbox.create();
            StreamingQuery query = perHour(
                            spark.readStream().schema(Payment.SCHEMA).json(inbox.path()))
                    .writeStream()
                    .outputMode("append")
                    .option("checkpointLocation", checkpoint.toString())
                    .format("noop")
                    .start();
            System.out.printf(
                    "         %-16s  %-9s  %-8s  %-7s  %s%n", "came in", "watermark", "in state", "updated", "removed");
            int printed = 0;
            for (String file : FILES) {
                inbox.deliver(payments(file));
                query.processAllAvailable();
                StreamingQueryProgress[] batches = query.recentProgress();
                for (; printed < batches.length; printed++) {
                    if (batches[printed].stateOperators().length > 0) { // what is no batch tells of idleness
                        print(file, batches[printed]);
                    }
                }
            }
            awaitSnapshots(checkpoint, 5);
            query.stop();

            System.out.println("versions in the folders");
            for (String store : List.of("state/0/0", "state/0/1")) {
                System.out.println("    " + store + "  " + versions(checkpoint.resolve(store)));
            }
            System.out.println("the metadata, read as a table");
            spark.read()
                    .format("state-metadata")
                    .load(checkpoint.toString())
                    .select("operatorName", "numPartitions", "minBatchId", "maxBatchId")
                    .toJSON()
                    .collectAsList()
                    .forEach(line -> System.out.println("    " + line));
            for (int batch : List.of(4, 5, 7)) {
                System.out.println("the state as batch " + batch + " left it");
                state(spark, checkpoint, batch)
                        .collectAsList()
                        .forEach(row -> System.out.printf(
                                "    store %d: from %s card %d: %d%n", row.get(0), row.get(1), row.get(2), row.get(3)));
            }
            System.out.println("what was written to it");
            changes(spark, checkpoint)
                    .collectAsList()
                    .forEach(row -> System.out.printf(
                            "    batch %d, store %d: %s from %s card %d%s%n",
                            row.get(0),
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            row.isNullAt(5) ? "" : ": " + row.get(5)));
            return 0;
        }
    }

    /** The query: payments for each card and hour; an hour is kept until the watermark has passed it. */
    public static Dataset<Row> perHour(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes")
                .groupBy(window(col("time"), "1 hour"), col("customer"))
                .agg(count("*").as("payments"));
    }

    /** The state as a batch left it: a table like any other. */
    public static Dataset<Row> state(SparkSession spark, Path checkpoint, int batch) {
        return spark.read()
                .format("statestore")
                .option("batchId", batch)
                .load(checkpoint.toString())
                .select(col("partition_id"), FROM, col("key.customer"), col("value.count"))
                .orderBy("partition_id", "from", "customer");
    }

    /** What each batch has put into the state and deleted from it. */
    public static Dataset<Row> changes(SparkSession spark, Path checkpoint) {
        return spark.read()
                .format("statestore")
                .option("readChangeFeed", true)
                .option("changeStartBatchId", 0)
                .load(checkpoint.toString())
                .select(
                        col("batch_id"),
                        col("partition_id"),
                        col("change_type"),
                        FROM,
                        col("key.customer"),
                        col("value.count"))
                .orderBy("batch_id", "partition_id", "from", "customer");
    }

    /** A thread of the state stores' own uploads snapshots, in its own time. */
    static void awaitSnapshots(Path checkpoint, int version) throws InterruptedException {
        while (!Stream.of("0", "1")
                .allMatch(store -> Files.exists(
                        checkpoint.resolve("state/0").resolve(store).resolve(version + ".zip")))) {
            Thread.sleep(20);
        }
    }

    /** The versions in a store's folder, by kind of file. Files with a dot in front are checksums. */
    public static Map<String, String> versions(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store).sorted()) {
            return files.map(file -> file.getFileName().toString().split("\\."))
                    .filter(name -> name[0].matches("\\d+"))
                    .collect(Collectors.groupingBy(
                            name -> name[1],
                            TreeMap::new,
                            Collectors.mapping(name -> name[0], Collectors.joining(" "))));
        }
    }

    private static void print(String file, StreamingQueryProgress batch) {
        StateOperatorProgress state = batch.stateOperators()[0];
        String watermark = batch.eventTime().get("watermark");
        System.out.printf(
                "batch %d  %-16s  %-9s  %-8d  %-7d  %d%n",
                batch.batchId(),
                batch.numInputRows() > 0 ? file : "",
                watermark.startsWith("1970") ? "none" : watermark.substring(11, 16),
                state.numRowsTotal(),
                state.numRowsUpdated(),
                state.numRowsRemoved());
    }

    /** The payments of a file, as JSON lines. */
    static List<String> payments(String file) {
        return Arrays.stream(file.split(", "))
                .map(payment -> payment.split(" "))
                .map(of -> String.format("{\"time\":\"2018-04-01T%s:00Z\",\"customer\":%s}", of[0], of[1]))
                .toList();
    }
}
