///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The state of a windowed count: its rows after each batch, and its files in the checkpoint. */
@Command(description = "The size of a state, and its files.")
public class WhereStateLives extends SparkProgram {

    @Option(names = "--snapshots-only", description = "without changelogs, which is Spark's default")
    boolean snapshotsOnly;

    /** The input, file by file: the time of a payment and its card. */
    static final List<String> FILES = List.of("09:10 7, 09:20 3", "09:30 7, 10:05 5", "10:40 3", "11:45 7");

    /** The folders of the state stores in the checkpoint, one per partition. */
    static final List<String> STORES = List.of("state/0/0", "state/0/1");

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
        CheckpointFolder checkpoint = CheckpointFolder.create();
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
            for (String store : STORES) { // The stores' maintenance thread uploads snapshots, not the batches.
                checkpoint.awaitSnapshot(store, 5);
            }
        }
        System.out.println("versions in the checkpoint, by type of file");
        for (String store : STORES) {
            System.out.println("    " + store + "  " + checkpoint.storeVersions(store));
        }
    }

    public static void main(String[] args) {
        Program.run(new WhereStateLives(), args);
    }
}
