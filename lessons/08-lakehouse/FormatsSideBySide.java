///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson08;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.*;
import java.util.*;
import java.util.stream.Stream;
import org.apache.spark.sql.*;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The same payments in four formats: their size, and what comes back. */
@Command(description = "CSV, JSON, ORC and Parquet: sizes, types, nulls.")
public class FormatsSideBySide extends SparkProgram {

    @Option(names = "--rows", defaultValue = "20000", description = "number of payments (${DEFAULT-VALUE})")
    int rows;

    static final List<String> FORMATS = List.of("csv", "json", "orc", "parquet");

    /** Payments with a ZIP code of five digits, and a note that is null, empty, or a word. */
    public static Dataset<Row> payments(SparkSession spark, int rows) {
        return spark.range(0, rows, 1, 1)
                .selectExpr(
                        "id",
                        "timestamp'2018-04-01' + make_interval(0, 0, 0, 0, 0, 0, 30 * id) AS time",
                        "int(id * 7919 % 1000) AS customer",
                        "CAST(id * 31 % 20000 / 100 AS DECIMAL(10,2)) AS amount",
                        "lpad(string(id * 13 % 5000), 5, '0') AS zip",
                        "CASE WHEN id % 50 = 0 THEN NULL WHEN id % 52 = 0 THEN '' ELSE 'ok' END AS note");
    }

    @Override
    protected void run(SparkSession spark) {
        Dataset<Row> payments = payments(spark, rows);
        TextTable table = new TextTable("%-8s  %5s  %-13s  %-9s  %-6s  %-5s  %-10s  %s");
        table.row("", "kB", "amount", "time", "zip", "null", "note = ''", "jobs");
        row(table, "written", "", payments, 0);
        for (String format : FORMATS) {
            String folder = Scratch.folder(format + "-") + "/payments";
            DataFrameWriter<Row> writer = payments.write().format(format);
            writer.option("header", true).save(folder);
            spark.sparkContext().setJobGroup(format, "the schema", false);
            DataFrameReader reader = spark.read().format(format);
            Dataset<Row> back =
                    reader.option("header", true).option("inferSchema", true).load(folder);
            int jobs = spark.sparkContext().statusTracker().getJobIdsForGroup(format).length;
            spark.sparkContext().clearJobGroup();
            row(
                    table,
                    format,
                    String.format(Locale.ROOT, "%,d", Math.round(bytes(Path.of(folder)) / 1000.0)),
                    back,
                    jobs);
        }
    }

    private static void row(TextTable table, String name, String bytes, Dataset<Row> payments, int jobs) {
        StructType schema = payments.schema();
        Row notes = payments.selectExpr("count_if(note IS NULL)", "count_if(note = '')", "min(zip)")
                .head();
        table.row(
                name,
                bytes,
                schema.apply("amount").dataType().simpleString(),
                schema.apply("time").dataType().simpleString(),
                schema.apply("zip").dataType().simpleString(),
                notes.get(0),
                notes.get(1),
                jobs);
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] args) {
        Program.run(new FormatsSideBySide(), args);
    }
}
