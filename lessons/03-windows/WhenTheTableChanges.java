///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import java.util.*;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Joins payments with a table to which terminal 40 is added while the query runs. */
@Command(description = "A stream, joined with a table that changes.")
public class WhenTheTableChanges extends SparkProgram {

    /** The query: each payment with the town of its terminal. */
    public static Dataset<Row> withTown(Dataset<Row> payments, Dataset<Row> terminals) {
        return payments.join(terminals, payments.col("terminal").equalTo(terminals.col("terminal")), "left")
                .select("id", "town");
    }

    @Override
    protected void run(SparkSession spark) {
        var fixed = folder(spark);
        show(spark, "a folder", false, () -> spark.read().parquet(fixed), () -> add40(spark, fixed));

        var reread = folder(spark);
        show(
                spark,
                "a folder, read in each batch",
                true,
                () -> spark.read().parquet(reread),
                () -> add40(spark, reread));

        terminals(spark, "12 Ghent").write().saveAsTable("terminals");
        show(spark, "a table, INSERT", false, () -> spark.table("terminals"), () -> {
            spark.sql("INSERT INTO terminals VALUES (40, 'Bruges')");
        });

        var stale = folder(spark);
        spark.catalog().createTable("stale", stale, "parquet");
        show(spark, "a table, new file", false, () -> spark.table("stale"), () -> add40(spark, stale));

        var refreshed = folder(spark);
        spark.catalog().createTable("refreshed", refreshed, "parquet");
        show(spark, "a table, new file, refreshTable", false, () -> spark.table("refreshed"), () -> {
            add40(spark, refreshed);
            spark.catalog().refreshTable("refreshed");
        });

        var overwritten = folder(spark);
        show(spark, "a folder, overwritten", false, () -> spark.read().parquet(overwritten), () -> {
            terminals(spark, "12 Ghent, 40 Bruges").write().mode("overwrite").parquet(overwritten);
        });
    }

    /** Runs payments 1 and 2, changes the table, runs payments 3 and 4, and prints the output of both batches. */
    private static void show(
            SparkSession spark, String what, boolean inEachBatch, Supplier<Dataset<Row>> table, Runnable change) {
        Inbox inbox = Inbox.create();
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        Dataset<Row> joined = inEachBatch ? payments : withTown(payments, table.get());
        List<String> output = new ArrayList<>();
        try {
            StreamingQuery query = joined.writeStream()
                    .foreachBatch((batch, id) -> {
                        output.add(text(inEachBatch ? withTown(batch, table.get()) : batch));
                    })
                    .start();
            inbox.deliver("id terminal", "1 12, 2 40");
            query.processAllAvailable();
            change.run();
            inbox.deliver("id terminal", "3 12, 4 40");
            query.processAllAvailable();
            query.stop();
        } catch (Exception e) {
            output.add("the query fails");
        }
        System.out.printf("%-31s  %s%n", what, String.join(" | ", output));
    }

    private static String text(Dataset<Row> rows) {
        return rows.sort("id").collectAsList().stream()
                .map(CollectedBatch::text)
                .collect(Collectors.joining(", "));
    }

    /** Returns a new folder with a Parquet file of terminal 12. */
    private static String folder(SparkSession spark) {
        String folder = Scratch.folder("terminals-").resolve("terminals").toString();
        terminals(spark, "12 Ghent").write().parquet(folder);
        return folder;
    }

    /** Adds a Parquet file of terminal 40. */
    private static void add40(SparkSession spark, String folder) {
        terminals(spark, "40 Bruges").write().mode("append").parquet(folder);
    }

    static Dataset<Row> terminals(SparkSession spark, String rows) {
        List<String> lines = JsonLines.of("terminal town", rows);
        return spark.read().schema("terminal int, town string").json(spark.createDataset(lines, Encoders.STRING()));
    }

    public static void main(String[] args) {
        Program.run(new WhenTheTableChanges(), args);
    }
}
