///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson10;

import static org.apache.spark.sql.functions.*;

import java.util.*;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.*;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The regions of an executor's heap, what a task does that has too little of them, and what the driver refuses. */
@Command(description = "Memory: regions, spill, results.")
public class WhereTheMemoryGoes extends SparkProgram {

    @Option(names = "--heap", defaultValue = "1024", description = "heap to count with, in MB (${DEFAULT-VALUE})")
    long heap;

    @Option(names = "--fraction", defaultValue = "0.01", description = "memory.fraction of the work (${DEFAULT-VALUE})")
    double fraction;

    private static final int ROWS = 400_000;
    private static final TextTable TABLE = new TextTable("%-36s  %10s  %s");

    /** Numbers that are to be sorted. */
    public static Dataset<Row> numbers(SparkSession spark, int partitions) {
        return spark.range(0, ROWS, 1, partitions).select(xxhash64(col("id")).as("number"), col("id"));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        spark.stop(); // the regions belong to a context
        TABLE.row("MB of a heap of " + heap + " MB", "computed", "Spark's number");
        try (SparkSession normal = settings(0.6).start()) {
            regions(normal, 0.6);
        }
        try (SparkSession small =
                settings(fraction).set("spark.driver.maxResultSize", "1m").start()) {
            regions(small, fraction);
            ForeachPartitionFunction<Row> readAll = rows -> count(rows);
            TABLE.row(ROWS + " rows", "a task's", "spilled");
            for (int partitions : List.of(1, 4, 32)) {
                Dataset<Row> sorted = numbers(small, partitions).sortWithinPartitions("number");
                Bill bill = Bill.of(small, () -> sorted.foreachPartition(readAll));
                TABLE.row("sorted in " + partitions, ROWS / partitions, bill.spilledBytes() > 0 ? "yes" : "no");
            }
            TABLE.row("to the driver, which accepts 1 MB", "rows", "");
            toTheDriver("collectAsList", () -> numbers(small, 8).collectAsList().size());
            toTheDriver("count", () -> numbers(small, 8).count());
            toTheDriver(
                    "toLocalIterator, 1 partition",
                    () -> count(numbers(small, 1).toLocalIterator()));
            toTheDriver(
                    "toLocalIterator, 8 partitions",
                    () -> count(numbers(small, 8).toLocalIterator()));
        }
    }

    private LocalSpark settings(double fraction) {
        return settings()
                .set("spark.testing.memory", String.valueOf(heap << 20)) // in place of the JVM's heap
                .set("spark.memory.fraction", String.valueOf(fraction));
    }

    /** Computes the regions as Spark does: 300 MB are reserved, and the fraction of the rest is for work and caches. */
    private void regions(SparkSession session, double fraction) {
        double unified = (heap - 300) * fraction;
        long spark = session.sparkContext().env().memoryManager().maxOnHeapStorageMemory();
        TABLE.row("fraction " + fraction + ": work and caches", mb(unified), mb(spark / 1048576.0));
        TABLE.row("  caches that work cannot evict", mb(unified * 0.5), "");
        TABLE.row("  your objects", mb((heap - 300) * (1 - fraction)), "");
    }

    private static String mb(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static long count(Iterator<Row> rows) {
        long count = 0;
        for (; rows.hasNext(); rows.next()) {
            count++;
        }
        return count;
    }

    private static void toTheDriver(String title, Callable<? extends Number> action) throws Exception {
        try {
            TABLE.row(title, action.call(), "");
        } catch (SparkException e) {
            String size = e.getMessage().replaceAll(".*results of |\\.\\d", "");
            TABLE.row(title, "refused", size);
        }
    }

    public static void main(String[] args) {
        Program.run(new WhereTheMemoryGoes(), args);
    }
}
