package lesson04;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

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
                .select(max("numPartitions").cast("bigint"))
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
        return spark.read()
                .format("statestore")
                .option("batchId", batch)
                .load(checkpoint)
                .where(col("key.customer").equalTo(customer))
                .select(coalesce(sum("value.count"), lit(0)))
                .head()
                .getLong(0);
    }

    static Dataset<Row> state(SparkSession spark, String checkpoint) {
        return spark.read().format("statestore").load(checkpoint);
    }
}
