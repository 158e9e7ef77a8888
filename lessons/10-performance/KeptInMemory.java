///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson10;

import java.nio.file.*;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.*;
import org.apache.spark.util.LongAccumulator;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** How often a function is evaluated with and without a cache, and what a cached folder knows of its files. */
@Command(description = "Caches: evaluations, and rows that are out of date.")
public class KeptInMemory extends SparkProgram {

    @Option(names = "--rows", defaultValue = "10000", description = "number of payments (${DEFAULT-VALUE})")
    int rows;

    private static final TextTable TABLE = new TextTable("%-46s  %11s  %s");

    /** Scores payments in four partitions, and counts the evaluations of the score. */
    public static Dataset<Long> scored(SparkSession spark, int rows, LongAccumulator evaluations) {
        MapFunction<Long, Long> score = id -> {
            evaluations.add(1);
            return id * 31 % 100;
        };
        return spark.range(0, rows, 1, 4).map(score, Encoders.LONG());
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        LongAccumulator evaluations = spark.sparkContext().longAccumulator();
        Dataset<Long> scores = scored(spark, rows, evaluations);
        TABLE.row("", "evaluations", "kept");
        show(spark, evaluations, "two counts", () -> scores.count() + scores.count());
        show(spark, evaluations, "cache()", scores::cache);
        show(spark, evaluations, "take(1)", () -> scores.take(1));
        show(spark, evaluations, "two counts", () -> scores.count() + scores.count());
        show(
                spark,
                evaluations,
                "a filter on it",
                () -> scores.filter("value > 50").count());
        show(
                spark,
                evaluations,
                "unpersist(), a count",
                () -> scores.unpersist(true).count());
        show(spark, evaluations, "cache(), unpersist(), two counts", () -> {
            Dataset<Long> kept = scores.cache();
            kept.unpersist();
            return kept.count() + kept.count();
        });
        staleFolder(spark);
    }

    private static void show(
            SparkSession spark, LongAccumulator evaluations, String step, java.util.concurrent.Callable<?> action)
            throws Exception {
        evaluations.reset();
        action.call();
        TABLE.row(
                step,
                evaluations.value(),
                spark.sparkContext().getPersistentRDDs().size());
    }

    private static void staleFolder(SparkSession spark) throws Exception {
        String folder = Scratch.folder("payments-") + "/payments";
        String other = Scratch.folder("other-") + "/payments";
        spark.range(0, 5, 1, 1).write().parquet(folder);
        spark.range(0, 3, 1, 1).write().parquet(other);
        Dataset<Row> cached = spark.read().parquet(folder).cache();
        TextTable table = new TextTable("%-46s  %11s  %s");
        table.row("a folder of payments", "the cached", "read anew");
        table.row("5 rows, cached", cached.count(), spark.read().parquet(folder).count());
        spark.range(5, 8, 1, 1).write().mode("append").parquet(folder);
        table.row(
                "3 more, appended by this session",
                cached.count(),
                spark.read().parquet(folder).count());
        try (var files = Files.newDirectoryStream(Path.of(other), "part-*.parquet")) {
            for (Path file : files) {
                Files.copy(file, Path.of(folder).resolve(file.getFileName()));
            }
        }
        table.row(
                "3 more, in a file of somebody else",
                cached.count(),
                spark.read().parquet(folder).count());
        spark.catalog().refreshByPath(folder);
        table.row("refreshByPath", cached.count(), spark.read().parquet(folder).count());
    }

    public static void main(String[] args) {
        Program.run(new KeptInMemory(), args);
    }
}
