///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
package lesson08;

import java.nio.file.*;
import java.util.*;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** A table in a folder: what each statement writes into the log, which files are there, and what a reader gets. */
@Command(description = "A Delta table, entry by entry of its log.")
public class AFolderAndItsLog extends DeltaProgram {

    @Option(names = "--deletion-vectors", description = "mark deleted rows, in place of writing their file again")
    boolean vectors;

    /** What happens to the table: a title, and a statement. */
    static Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("insert three payments", "INSERT INTO %s VALUES (1, 10.00), (2, 20.00), (3, 30.00)");
        statements.put("insert two", "INSERT INTO %s VALUES (4, 40.00), (5, 50.00)");
        statements.put("delete payment 2", "DELETE FROM %s WHERE id = 2");
        statements.put("update payment 5", "UPDATE %s SET amount = 55.00 WHERE id = 5");
        statements.put("update payment 99", "UPDATE %s SET amount = 55.00 WHERE id = 99");
        statements.put("optimize", "OPTIMIZE %s");
        statements.put("restore version 2", "RESTORE %s TO VERSION AS OF 2");
        return statements;
    }

    private final Path folder = Scratch.folder("payments-");
    private final TextTable table = new TextTable("%-21s  %-7s  %-12s  %-11s  %-11s  %s");

    @Override
    protected void run(SparkSession spark) {
        String name = "delta.`" + folder + "`";
        table.row("", "version", "operation", "log", "folder", "rows");
        spark.sql("CREATE TABLE " + name + " (id INT, amount DECIMAL(10,2)) USING delta "
                + "TBLPROPERTIES (delta.enableDeletionVectors = " + vectors + ")");
        show("create", -1);
        statements().forEach((title, statement) -> {
            long before = version();
            spark.sql(statement.formatted(name));
            show(title, before);
        });
        Dataset<Row> payments = spark.table(name);
        payments.write().mode("append").parquet(folder.toString());
        show("a job without a log", version());
        long before = version();
        vacuum(spark, name);
        show("vacuum", before);

        TextTable versions = new TextTable("%-7s  %-5s  %s");
        versions.row("version", "count", "rows");
        for (int version = 1; version <= 5; version++) {
            Dataset<Row> old =
                    spark.read().format("delta").option("versionAsOf", version).load(folder.toString());
            versions.row(version, old.count(), rows(old));
        }
    }

    private long version() {
        return KernelTable.latest(folder).version();
    }

    /** One line: the last entry of the log if it is new, the files in the folder, and the rows of the table. */
    private void show(String title, long before) {
        List<Commit> log = Commit.of(folder);
        FileNumbers numbers = FileNumbers.of(folder);
        Commit last = log.get(log.size() - 1);
        boolean isNew = last.version() > before;
        table.row(
                title,
                isNew ? last.version() : "",
                isNew ? last.operation() : "",
                isNew ? numbers.changes(last) : "",
                numbers.inFolder(),
                RowTexts.of(KernelTable.latest(folder).rows()));
    }

    private static String rows(Dataset<Row> table) {
        try {
            return RowTexts.of(table.collectAsList());
        } catch (Exception e) {
            return SparkErrors.condition(e);
        }
    }

    public static void main(String[] args) {
        Program.run(new AFolderAndItsLog(), args);
    }
}
