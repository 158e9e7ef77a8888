package lesson01;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import workbook.kit.Payment;

/**
 * The checkpoint records which files were read, the trigger ends the query when there are no more, and the file sink
 * records the id of the last batch that it wrote: it does not write a repeated batch again.
 */
public class PickUpWhereYouStopped {

    public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
        spark.readStream()
                .schema(Payment.SCHEMA)
                .json(inbox)
                .writeStream()
                .trigger(Trigger.AvailableNow())
                .option("checkpointLocation", checkpoint)
                .format("parquet")
                .option("path", archive)
                .start()
                .awaitTermination();
    }
}
