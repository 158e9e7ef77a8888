package lesson02;

import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Each batch replaces the content of the folder that has its number: nothing, a part or all of an earlier attempt.
 * Writing a batch twice then has the effect of writing it once, without any state in memory.
 *
 * <p>The numbers come from the query's checkpoint. A query with a new checkpoint counts from 0 and replaces the batches
 * of its predecessor, so delete table and checkpoint together or not at all. Between delete and write a reader does not
 * see the batch; a table format such as Delta Lake closes that gap.
 */
public class IdempotentSink {

    public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
        return (batch, number) -> batch.write().mode(SaveMode.Overwrite).parquet(folder + "/batch=" + number);
    }
}
