///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static java.util.stream.Collectors.*;
import static org.apache.spark.sql.functions.*;

import java.io.IOException;
import java.nio.file.*;
import java.util.*;
import java.util.stream.Stream;
import org.apache.spark.sql.*;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The state of a windowed count: its rows after each batch, and its files in the checkpoint. */
@Command(description = "The size of a state, and its files.")
public class WhereStateLives extends SparkProgram {

    @Option(names = "--snapshots-only", description = "without changelogs, which is Spark's default")
    boolean snapshotsOnly;

    /** The input, file by file: the time of a payment and its card. */
    static final List<String> FILES = List.of("09:10 7, 09:20 3", "09:30 7, 10:05 5", "10:40 3", "11:45 7");

    @Override
    protected LocalSpark settings() {
        return super.settings()
                .set("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "" + !snapshotsOnly)
                .set("spark.sql.streaming.stateStore.minDeltasForSnapshot", "5") // default: 10 versions
                .set("spark.sql.streaming.stateStore.maintenanceInterval", "100ms"); // default: one minute
    }

    /** The query: payments by hour and card. */
    public static Dataset<Row> perHour(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes")
                .groupBy(window(col("time"), "1 hour"), col("customer"))
                .agg(count("*").as("payments"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        Path checkpoint = Scratch.folder("checkpoint-");
        Inbox inbox = Inbox.create();
        TextTable table = new TextTable("%-7s  %-16s  %-9s  %-8s  %-7s  %s");
        table.row("", "input", "watermark", "in state", "updated", "removed");
        var counts = perHour(inbox.stream(spark, Payment.SCHEMA));
        try (var query = CollectedQuery.start(counts, "append", checkpoint.toString())) {
            query.processFiles(inbox, "time customer", FILES, (file, batch) -> {
                var state = batch.progress().stateOperators()[0];
                table.row(
                        "batch " + batch.id(),
                        file,
                        batch.watermark(),
                        state.numRowsTotal(),
                        state.numRowsUpdated(),
                        state.numRowsRemoved());
            });
            awaitSnapshots(checkpoint, 5);
        }
        System.out.println("versions in the checkpoint, by type of file");
        for (String store : List.of("state/0/0", "state/0/1")) {
            System.out.println("    " + store + "  " + versions(checkpoint.resolve(store)));
        }
    }

    /** The versions in a store's folder, by type of file. Files that start with a dot are checksums. */
    public static Map<String, String> versions(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store).sorted()) {
            return files.map(file -> file.getFileName().toString().split("\\."))
                    .filter(name -> name[0].matches("\\d+"))
                    .collect(groupingBy(name -> name[1], TreeMap::new, mapping(name -> name[0], joining(" "))));
        }
    }

    /** The stores' maintenance thread uploads snapshots; the batches do not wait for it. */
    private static void awaitSnapshots(Path checkpoint, int version) throws InterruptedException {
        for (String store : List.of("state/0/0/", "state/0/1/")) {
            while (!Files.exists(checkpoint.resolve(store + version + ".zip"))) {
                Thread.sleep(20);
            }
        }
    }

    public static void main(String[] args) {
        Program.run(new WhereStateLives(), args);
    }
}
