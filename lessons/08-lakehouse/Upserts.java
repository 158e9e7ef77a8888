///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson08;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** Changes of customers are merged into a table: what each merge makes of it, and what the change feed says. */
@Command(description = "MERGE, with keys that are new, doubled, null, or late.")
public class Upserts extends DeltaProgram {

    /** One merge: its rows, when a row belongs to a customer, and which rows may update their customer. */
    record Merge(String title, String rows, String on, String update) {}

    static final String SCHEMA = "customer INT, country STRING, day INT";
    static final String SAME = "t.customer = c.customer";
    static final String SAME_OR_BOTH_NULL = "t.customer <=> c.customer";
    static final String IF_NEWER = "c.day > t.day";

    /** A row is a customer, a country, and the day of the change. Without a country, the customer is gone. */
    static final List<Merge> MERGES = List.of(
            new Merge("three are new", "1 BE 1, 2 FR 1, null DE 1", SAME, "true"),
            new Merge("1 moves, 3 is new", "1 NL 2, 3 LU 2", SAME, "true"),
            new Merge("the same again", "1 NL 2, 3 LU 2", SAME, "true"),
            new Merge("an older change", "3 IT 1", SAME, "true"),
            new Merge("an older change, if newer", "3 AT 0", SAME, IF_NEWER),
            new Merge("two changes of 2", "2 ES 3, 2 PT 4", SAME, "true"),
            new Merge("two changes of 2, if newer", "2 ES 3, 2 PT 0", SAME, IF_NEWER),
            new Merge("two changes of 4, a new one", "4 ES 3, 4 PT 4", SAME, "true"),
            new Merge("a null, on <=>", "null CZ 5", SAME_OR_BOTH_NULL, "true"),
            new Merge("a null, on =", "null CH 6", SAME, "true"),
            new Merge("2 is gone", "2 null 7", SAME, "true"),
            new Merge("2, before that", "2 SE 6", SAME, IF_NEWER));

    /** Merges rows into a table. */
    public static void merge(DeltaTable customers, Dataset<Row> changes, String on, String update) {
        customers
                .as("t")
                .merge(changes.as("c"), on)
                .whenMatched("c.country IS NULL")
                .delete()
                .whenMatched(update)
                .updateAll()
                .whenNotMatched("c.country IS NOT NULL")
                .insertAll()
                .execute();
    }

    @Override
    protected void run(SparkSession spark) {
        Path folder = Scratch.folder("customers-");
        spark.sql("CREATE TABLE delta.`" + folder + "` (" + SCHEMA + ") USING delta "
                + "TBLPROPERTIES (delta.enableChangeDataFeed = true)");
        DeltaTable customers = DeltaTable.forPath(spark, folder.toString());
        TextTable table = new TextTable("%-27s  %-25s  %-48s  %s");
        table.row("merge", "its rows", "customers", "change feed");
        for (Merge merge : MERGES) {
            Dataset<Row> changes = spark.read()
                    .schema(SCHEMA)
                    .json(spark.createDataset(JsonLines.of("customer country day", merge.rows()), Encoders.STRING()));
            String outcome;
            String feed = "";
            try {
                merge(customers, changes, merge.on(), merge.update());
                outcome = RowTexts.of(KernelTable.latest(folder).rows());
                feed = feed(spark, folder);
            } catch (Exception e) {
                outcome = "refused: " + SparkErrors.condition(e);
            }
            table.lines(merge.title(), merge.rows(), outcome, feed);
        }
    }

    /** The changes of the last version, one on each line. */
    private static String feed(SparkSession spark, Path folder) {
        long version = KernelTable.latest(folder).version();
        Dataset<Row> changes = spark.read()
                .format("delta")
                .option("readChangeFeed", true)
                .option("startingVersion", version)
                .option("endingVersion", version)
                .load(folder.toString())
                .selectExpr("customer", "country", "replace(_change_type, 'update_', '')");
        return RowTexts.of(changes.collectAsList()).replace(", ", "\n");
    }

    public static void main(String[] args) {
        Program.run(new Upserts(), args);
    }
}
