package lesson01;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.kit.Payment;

/** Right answers written differently, and one that knows only the payments of the checkpoint. */
class PickUpWhereYouStoppedAlternatives {

    /** A repeated batch finds its payments in the archive, and appends nothing. */
    public static class AppendsWhatIsNotThereYet extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox)
                    .writeStream()
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint + "/payments")
                    .foreachBatch((batch, id) -> {
                        Dataset<Row> there = batch.sparkSession()
                                .read()
                                .schema(Payment.SCHEMA)
                                .parquet(archive);
                        batch.join(there.select("id"), batch.col("id").equalTo(there.col("id")), "left_anti")
                                .write()
                                .mode(SaveMode.Append)
                                .parquet(archive);
                    })
                    .start()
                    .awaitTermination();
        }
    }

    /** Stops the query itself after everything has been read. */
    public static class StoppedByHand extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            StreamingQuery query = spark.readStream()
                    .format("json")
                    .schema(Payment.SCHEMA)
                    .load(inbox)
                    .writeStream()
                    .outputMode("append")
                    .option("checkpointLocation", checkpoint)
                    .start(archive);
            query.processAllAvailable();
            query.stop();
        }
    }

    public static class FileByFileInOtherWords extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            spark.conf().set("spark.sql.streaming.checkpointLocation", checkpoint);
            StreamingQuery query = spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox)
                    .select("amount", "terminal", "customer", "time", "id")
                    .repartition(1)
                    .writeStream()
                    .queryName("archive")
                    .trigger(Trigger.AvailableNow())
                    .start(archive);
            spark.conf().unset("spark.sql.streaming.checkpointLocation");
            while (query.isActive()) {
                Thread.sleep(10);
            }
            if (query.exception().isDefined()) {
                throw query.exception().get();
            }
        }
    }

    public static class Learnt extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            spark.readStream()
                    .schema(Payment.SCHEMA)
                    .json(inbox)
                    .where("id < 100")
                    .writeStream()
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint)
                    .start(archive)
                    .awaitTermination();
        }
    }
}
