///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson09;

import static org.apache.spark.sql.functions.*;

import java.nio.file.Path;
import java.util.*;
import java.util.stream.Collectors;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** A batch is written to two tables, and the query dies between the two writes: what does a reader of both see? */
@Command(description = "Two writes of a batch, and the readers between them.")
public class TwoSinksOneBatch extends DeltaProgram {

    static final TextTable LINES = new TextTable("%-28s %-12s %-7s %-8s %s");

    /** Up to which batch a reader of both tables reads. */
    interface Until {
        long batch(Path table);
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        LINES.row("", "payments", "alerts", "stopped", "released");
        play(spark, "payments", "alerts");
        play(spark, "alerts", "payments");
    }

    /** Batch 1 has the payments 3 and 4, and dies between its writes. Payments above 100, 2 and 4, have an alert. */
    private static void play(SparkSession spark, String first, String second) throws Exception {
        Path lake = Scratch.folder("lake-");
        Inbox inbox = Inbox.create();
        List.of("1 50, 2 500", "3 50, 4 500", "5 50").forEach(rows -> inbox.deliver("id amount", rows));
        CheckpointFolder checkpoint = CheckpointFolder.create();
        for (boolean dies : List.of(true, false)) {
            StreamingQuery query = inbox.stream(spark, "id BIGINT, amount INT")
                    .writeStream()
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch((batch, number) -> {
                        write(batch, number, first, lake);
                        if (dies && number == 1) {
                            throw new IllegalStateException("dead");
                        }
                        write(batch, number, second, lake);
                    })
                    .start();
            try {
                query.awaitTermination();
            } catch (StreamingQueryException dead) {
                // It is restarted.
            }
            System.out.println(first + " first, " + (dies ? "between the writes" : "restarted"));
            read("  all rows", lake, table -> Long.MAX_VALUE);
            read("  batches with rows in both", lake, TwoSinksOneBatch::lastWithRows);
            read("  batches written to both", lake, TwoSinksOneBatch::lastWritten);
        }
    }

    private static void write(Dataset<Row> batch, long number, String table, Path lake) {
        Dataset<Row> rows = table.equals("alerts") ? batch.where("amount > 100") : batch;
        appendOnce(rows.select(col("id"), lit(number).as("batch")), number, "", lake + "/" + table);
    }

    /** The last batch of which a table has a row. */
    private static long lastWithRows(Path table) {
        return KernelTable.latest(table).rows().stream()
                .mapToLong(row -> row.getLong(1))
                .max()
                .orElse(-1);
    }

    /** The last batch that a commit of a table names, whether or not it had rows. */
    private static long lastWritten(Path table) {
        return Commit.of(table).stream()
                .flatMap(commit -> commit.actions("txn"))
                .mapToLong(txn -> txn.path("version").asLong())
                .max()
                .orElse(-1);
    }

    /** A reader stops the payments that have an alert, and releases the others. */
    private static void read(String title, Path lake, Until until) {
        Path payments = lake.resolve("payments"), alerts = lake.resolve("alerts");
        long last = Math.min(until.batch(payments), until.batch(alerts));
        List<Long> paid = ids(payments, last), alerted = ids(alerts, last);
        Map<Boolean, List<Long>> stopped = paid.stream().collect(Collectors.partitioningBy(alerted::contains));
        LINES.row(title, text(paid), text(alerted), text(stopped.get(true)), text(stopped.get(false)));
    }

    private static List<Long> ids(Path table, long last) {
        return KernelTable.latest(table).rows().stream()
                .filter(row -> row.getLong(1) <= last)
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }

    private static String text(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    public static void main(String[] args) {
        Program.run(new TwoSinksOneBatch(), args);
    }
}
