///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson04;

import static org.apache.spark.sql.functions.*;

import java.util.List;
import org.apache.spark.sql.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The state of a windowed count, read from its checkpoint with Spark's state reader. */
@Command(description = "Reads a query's state from its checkpoint.")
public class ReadTheState extends SparkProgram {

    /** The input, file by file: the time of a payment and its card. */
    static final List<String> FILES = List.of("09:10 7, 09:20 3", "09:30 7, 10:05 5", "10:40 3", "11:45 7");

    /** The query: payments by hour and card. */
    public static Dataset<Row> perHour(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes")
                .groupBy(window(col("time"), "1 hour"), col("customer"))
                .agg(count("*").as("payments"));
    }

    /** The rows of the state after a batch. */
    public static Dataset<Row> state(SparkSession spark, String checkpoint, long batch) {
        return spark.read()
                .format("statestore")
                .option("batchId", batch)
                .load(checkpoint)
                .select("partition_id", "key.window", "key.customer", "value.count");
    }

    /** Every write to the state. */
    public static Dataset<Row> changes(SparkSession spark, String checkpoint) {
        return spark.read()
                .format("statestore")
                .option("readChangeFeed", true)
                .option("changeStartBatchId", 0)
                .load(checkpoint)
                .select("batch_id", "change_type", "partition_id", "key.window", "key.customer", "value.count");
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        String checkpoint = Scratch.folder("checkpoint-").toString();
        Inbox inbox = Inbox.create();
        var counts = perHour(inbox.stream(spark, Payment.SCHEMA));
        try (var query = CollectedQuery.start(counts, "append", checkpoint)) {
            query.processFiles(inbox, "time customer", FILES, (file, batch) -> {});
        }
        Dataset<Row> metadata = spark.read().format("state-metadata").load(checkpoint);
        print("metadata", metadata.select("operatorName", "numPartitions", "minBatchId", "maxBatchId"));
        for (int batch : List.of(4, 5, 7)) {
            print("state after batch " + batch, state(spark, checkpoint, batch));
        }
        print("changes", changes(spark, checkpoint));
    }

    private static void print(String title, Dataset<Row> rows) {
        System.out.println(title + ": " + String.join(", ", rows.columns()));
        rows.collectAsList().stream()
                .map(CollectedBatch::text)
                .sorted()
                .forEach(row -> System.out.println("    " + row));
    }

    public static void main(String[] args) {
        Program.run(new ReadTheState(), args);
    }
}
