///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson09;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** A stream writes ids into a Delta table, and names its writes in four ways: what the table has after a repetition. */
@Command(description = "txnAppId and txnVersion: a batch again, a new checkpoint, two writes of one batch.")
public class TheNumberOfABatch extends DeltaProgram {

    /** How a write names itself. Spark sets the id of the query for the thread that runs its batches. */
    enum Name {
        NONE,
        CONSTANT,
        QUERY,
        QUERY_AND_PART;

        /** Appends rows to a table, which skips them if it has the name and the number already. */
        void append(Dataset<Row> rows, String part, long number, String table) {
            DataFrameWriter<Row> write = rows.write().format("delta").mode("append");
            if (this != NONE) {
                String query = rows.sparkSession().sparkContext().getLocalProperty("sql.streaming.queryId");
                String name = this == CONSTANT ? "lake" : this == QUERY ? query : query + part;
                write.option("txnAppId", name).option("txnVersion", number);
            }
            write.save(table);
        }
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        TextTable lines = new TextTable("%-15s  %-12s  %-14s  %s");
        lines.row("txnAppId", "batch again", "new checkpoint", "two writes");
        for (Name name : Name.values()) {
            String title = name.toString().toLowerCase().replace('_', ' ');
            lines.row(title, batchAgain(spark, name), newCheckpoint(spark, name), twoWrites(spark, name));
        }
    }

    /** The query fails after its write, and continues from its checkpoint. */
    private static String batchAgain(SparkSession spark, Name name) throws Exception {
        String table = Scratch.folder("table-") + "/ids";
        Inbox inbox = Inbox.create().deliver("id", "1");
        CheckpointFolder checkpoint = CheckpointFolder.create();
        try {
            run(spark, inbox, checkpoint, (batch, number) -> {
                name.append(batch, "", number, table);
                throw new IllegalStateException("killed");
            });
        } catch (StreamingQueryException killed) {
            run(spark, inbox, checkpoint, (batch, number) -> name.append(batch, "", number, table));
        }
        return ids(spark, table);
    }

    /** The checkpoint is lost, and a new one begins with the next row. */
    private static String newCheckpoint(SparkSession spark, Name name) throws Exception {
        String table = Scratch.folder("table-") + "/ids";
        for (String id : List.of("1", "2")) {
            Inbox inbox = Inbox.create().deliver("id", id);
            run(spark, inbox, CheckpointFolder.create(), (batch, number) -> name.append(batch, "", number, table));
        }
        return ids(spark, table);
    }

    /** A batch is written in two parts. */
    private static String twoWrites(SparkSession spark, Name name) throws Exception {
        String table = Scratch.folder("table-") + "/ids";
        run(spark, Inbox.create().deliver("id", "1, 2"), CheckpointFolder.create(), (batch, number) -> {
            name.append(batch.where("id = 1"), " odd", number, table);
            name.append(batch.where("id = 2"), " even", number, table);
        });
        return ids(spark, table);
    }

    private static void run(
            SparkSession spark, Inbox inbox, CheckpointFolder checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
            throws Exception {
        inbox.stream(spark, "id INT")
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(sink)
                .start()
                .awaitTermination();
    }

    private static String ids(SparkSession spark, String table) {
        return spark.read().format("delta").load(table).sort("id").collectAsList().stream()
                .map(row -> row.get(0).toString())
                .collect(Collectors.joining(" "));
    }

    public static void main(String[] args) {
        Program.run(new TheNumberOfABatch(), args);
    }
}
