package lesson01;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.Trigger;
import workbook.check.diagnose.Misconception;
import workbook.kit.Payment;

/** Wrong answers to {@link PickUpWhereYouStopped} that people really give. */
public final class PickUpWhereYouStoppedMisconceptions {

    private PickUpWhereYouStoppedMisconceptions() {}

    @Misconception(
            believed = "A checkpoint is for queries with state; this one only copies.",
            really = "It also holds how far the query has read, which every query has to know when it starts again."
                    + " Spark refuses a file sink without one.",
            concept = "Checkpoints")
    public static class LeavesOutTheCheckpoint extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            writer(spark, inbox)
                    .trigger(Trigger.AvailableNow())
                    .format("parquet")
                    .option("path", archive)
                    .start()
                    .awaitTermination();
        }
    }

    @Misconception(
            believed = "Every run is a new query and gets a checkpoint of its own.",
            really = "A checkpoint is the query's memory: with a fresh one it reads from the beginning and counts its"
                    + " batches from 0. The sink knows batch 0, takes it for written, and leaves it out: nothing"
                    + " comes twice, but what is new is lost, and no exception tells.",
            concept = "Checkpoints")
    public static class TakesAFreshCheckpoint extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            super.run(
                    spark,
                    inbox,
                    archive,
                    Files.createTempDirectory(Path.of(checkpoint), "run-").toString());
        }
    }

    @Misconception(
            believed = "A job that ends is a batch job: read the folder, append to the archive.",
            really = "A batch query knows nothing of the run before: it reads every file again, and appends it again."
                    + " A streaming query may end as well; what makes it one is that it knows how far it has read.",
            concept = "Batch and stream")
    public static class ReadsTheFolderAsATable extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) {
            table(spark, inbox).write().mode(SaveMode.Append).parquet(archive);
        }
    }

    @Misconception(
            believed = "If the archive is written anew each time, nothing can be in it twice.",
            really = "Nothing can be in it either that is in the inbox no more. And every run costs as much as all runs"
                    + " before it together.",
            concept = "Batch and stream")
    public static class WritesTheArchiveAnew extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) {
            table(spark, inbox).write().mode(SaveMode.Overwrite).parquet(archive);
        }
    }

    @Misconception(
            believed = "What is new is what is later than the latest payment in the archive.",
            really = "Payments do not arrive in the order in which they were made: one that was late has an earlier"
                    + " time than others that are archived already, and is never taken. New is what has not been"
                    + " read, and only whoever reads can know that.",
            concept = "Event time")
    public static class TakesWhatIsLater extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) {
            Instant latest = spark.read()
                    .schema(Payment.SCHEMA)
                    .parquet(archive)
                    .agg(max("time"))
                    .first()
                    .getInstant(0);
            table(spark, inbox)
                    .where(latest == null ? lit(true) : col("time").gt(latest))
                    .write()
                    .mode(SaveMode.Append)
                    .parquet(archive);
        }
    }

    @Misconception(
            believed = "start() runs the query.",
            really = "It starts it, in a thread of its own, and comes back. In a program that ended here, the query"
                    + " would end too, before its first batch: awaitTermination() waits for it.",
            concept = "Triggers")
    public static class DoesNotWait extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            parquet(spark, inbox, archive, checkpoint)
                    .trigger(Trigger.AvailableNow())
                    .start();
        }
    }

    @Misconception(
            believed = "awaitTermination() waits until everything has been read.",
            really = "It waits until the query ends, and without a trigger a query never does: it asks for new files"
                    + " for ever. AvailableNow makes it end.",
            concept = "Triggers")
    public static class LeavesOutTheTrigger extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            parquet(spark, inbox, archive, checkpoint).start().awaitTermination();
        }
    }

    @Misconception(
            believed = "Once() and AvailableNow() are two names of one trigger.",
            really = "Once runs one batch, whatever that is. After a run that was killed it is the batch of that run,"
                    + " and what is new has to wait for the next one; it also takes no heed of limits such as"
                    + " maxFilesPerTrigger. AvailableNow goes on until all is read, and Once is deprecated.",
            concept = "Triggers")
    public static class RunsOneBatch extends PickUpWhereYouStopped {
        @Override
        @SuppressWarnings("deprecation")
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            parquet(spark, inbox, archive, checkpoint)
                    .trigger(Trigger.Once())
                    .start()
                    .awaitTermination();
        }
    }

    @Misconception(
            believed = "With a checkpoint, foreachBatch writes every batch exactly once.",
            really = "It writes it at least once: a batch that Spark has not noted as done is run again, and appended"
                    + " again. The file sink keeps a list of the batches it has written; in foreachBatch that is up to"
                    + " you.",
            concept = "Delivery guarantees")
    public static class AppendsInForeachBatch extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            writer(spark, inbox)
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint)
                    .foreachBatch((batch, id) -> {
                        batch.write().mode(SaveMode.Append).parquet(archive);
                    })
                    .start()
                    .awaitTermination();
        }
    }

    @Misconception(
            believed = "Spark sees from the JSON which columns there are, as it does for a table.",
            really = "A stream's schema is fixed before its first file is read, and has to fit every file to come:"
                    + " it is you who says it.",
            concept = "Schemas")
    public static class LetsSparkGuessTheSchema extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            spark.readStream()
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

    @Misconception(
            believed = "The archive has to be complete, so the output mode is complete.",
            really = "Complete mode puts out a whole result again in each batch, which needs an aggregation that keeps"
                    + " it. Rows that are put out once and never change are what append mode is for.",
            concept = "Output modes")
    public static class AsksForCompleteMode extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            parquet(spark, inbox, archive, checkpoint)
                    .trigger(Trigger.AvailableNow())
                    .outputMode("complete")
                    .start()
                    .awaitTermination();
        }
    }

    private static Dataset<Row> table(SparkSession spark, String inbox) {
        return spark.read().schema(Payment.SCHEMA).json(inbox);
    }

    private static DataStreamWriter<Row> writer(SparkSession spark, String inbox) {
        return spark.readStream().schema(Payment.SCHEMA).json(inbox).writeStream();
    }

    private static DataStreamWriter<Row> parquet(SparkSession spark, String inbox, String archive, String checkpoint) {
        return writer(spark, inbox)
                .option("checkpointLocation", checkpoint)
                .format("parquet")
                .option("path", archive);
    }
}
