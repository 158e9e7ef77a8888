package lesson04;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the state as a table: a row for each key with its value and its partition, after the last batch or, with
 * {@code batchId}, after an earlier one. The rows do not show the number of partitions, since a partition may be empty.
 * It is in the metadata, written at the first start and valid for the life of the checkpoint.
 */
public class InspectState {

    public long customers(SparkSession spark, String checkpoint) {
        return state(spark, checkpoint).count();
    }

    public long partitions(SparkSession spark, String checkpoint) {
        return spark.read()
                .format("state-metadata")
                .load(checkpoint)
                .selectExpr("CAST(numPartitions AS BIGINT)")
                .head()
                .getLong(0);
    }

    public int busiest(SparkSession spark, String checkpoint) {
        return state(spark, checkpoint)
                .orderBy(col("value.count").desc(), col("key.customer"))
                .select("key.customer")
                .head()
                .getInt(0);
    }

    public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
        List<Row> rows = spark.read()
                .format("statestore")
                .option("batchId", batch)
                .load(checkpoint)
                .where(col("key.customer").equalTo(customer))
                .select("value.count")
                .collectAsList();
        return rows.isEmpty() ? 0 : rows.get(0).getLong(0);
    }

    static Dataset<Row> state(SparkSession spark, String checkpoint) {
        return spark.read().format("statestore").load(checkpoint);
    }
}
