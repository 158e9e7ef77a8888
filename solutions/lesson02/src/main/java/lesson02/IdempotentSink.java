package lesson02;

import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Each batch replaces what lies in the folder of its number: nothing, half of it or all of it, from an attempt before.
 * What is done twice is then done once, and no memory is needed that could be lost.
 *
 * <p>The numbers live in the query's checkpoint. A query that begins again with a new one counts from 0 and replaces
 * the batches of its predecessor: table and checkpoint are thrown away together or not at all. And between the deleting
 * and the writing a reader does not see the batch; a table format such as Delta Lake closes that gap.
 */
public class IdempotentSink {

    public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
        return (batch, number) -> batch.write().mode(SaveMode.Overwrite).parquet(folder + "/batch=" + number);
    }
}
