package workbook.kit.delta;

import java.io.OutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.StreamExecution;
import scala.Console;
import workbook.kit.spark.LocalSpark;
import workbook.kit.spark.SparkProgram;

/**
 * A program on Delta tables of a few rows. Each statement writes one file and plans its tasks once, without generated code;
 * VACUUM may delete files of the last seven days; a stream asks its table for changes five times per second.
 */
public abstract class DeltaProgram extends SparkProgram {

    @Override
    protected LocalSpark settings() {
        return super.settings()
                .set("spark.sql.leafNodeDefaultParallelism", "1")
                .set("spark.sql.shuffle.partitions", "1")
                .set("spark.sql.adaptive.enabled", "false")
                .set("spark.databricks.delta.retentionDurationCheck.enabled", "false")
                .set("spark.sql.codegen.wholeStage", "false")
                .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .set("spark.sql.streaming.pollingDelay", "200ms");
    }

    /**
     * Deletes all files that the current version of a table does not need, without the line that VACUUM prints.
     *
     * @param table its name, or its path: {@code delta.`/tmp/payments`}
     */
    protected static void vacuum(SparkSession spark, String table) {
        Console.withOut(OutputStream.nullOutputStream(), () -> spark.sql("VACUUM " + table + " RETAIN 0 HOURS"));
    }

    /**
     * Appends rows to a table within {@code foreachBatch}. The write names the query, the part and the batch, and the table
     * skips it if it has this name already.
     *
     * @param part a name for this write of the batch, if the batch writes to the table more than once
     */
    protected static void appendOnce(Dataset<Row> rows, long batch, String part, String table) {
        // Spark sets it for the thread that runs the batches of a query.
        String query = rows.sparkSession().sparkContext().getLocalProperty(StreamExecution.QUERY_ID_KEY());
        rows.write()
                .format("delta")
                .mode("append")
                .option("txnAppId", query + " " + part)
                .option("txnVersion", batch)
                .save(table);
    }
}
