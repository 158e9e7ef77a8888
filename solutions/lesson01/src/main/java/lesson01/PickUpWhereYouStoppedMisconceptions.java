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
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.check.diagnose.Misconception;
import workbook.kit.Payment;

/** Wrong answers to {@link PickUpWhereYouStopped} that people really give. */
public final class PickUpWhereYouStoppedMisconceptions {

    private PickUpWhereYouStoppedMisconceptions() {}

    @Misconception(
            believed = "A checkpoint is for queries with state; this one only copies.",
            really = "It also records how far the query has read, which every query needs when it restarts. "
                    + "Spark rejects a file sink without one.",
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
            really = "A checkpoint records the query's progress: with a new one it reads from the beginning "
                    + "and numbers its batches from 0. The sink has already written batch 0, and skips it: "
                    + "nothing is written twice, but new payments are lost without an exception.",
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
            really = "A batch query has no record of the last run: it reads every file again, and appends it "
                    + "again. A streaming query may end, too; it is one because it records how far it has "
                    + "read.",
            concept = "Batch and stream")
    public static class ReadsTheFolderAsATable extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) {
            table(spark, inbox).write().mode(SaveMode.Append).parquet(archive);
        }
    }

    @Misconception(
            believed = "If the archive is overwritten each time, nothing can be in it twice.",
            really = "Payments whose files are no longer in the inbox are lost. Every run also costs as much "
                    + "as all earlier runs together.",
            concept = "Batch and stream")
    public static class WritesTheArchiveAnew extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) {
            table(spark, inbox).write().mode(SaveMode.Overwrite).parquet(archive);
        }
    }

    @Misconception(
            believed = "New payments are those later than the latest payment in the archive.",
            really = "Payments do not arrive in the order of their times: a late one has an earlier time "
                    + "than others that are archived already, and is never archived. New payments are those "
                    + "that have not been read, and only the reader can record that.",
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
            really = "It starts the query in a thread of its own, and returns. If the program ends here, so "
                    + "does the query, before its first batch: awaitTermination() waits for it.",
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
            really = "It waits until the query ends, and with the default trigger a query never does: it "
                    + "looks for new files forever. AvailableNow makes it end.",
            concept = "Triggers")
    public static class LeavesOutTheTrigger extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            parquet(spark, inbox, archive, checkpoint).start().awaitTermination();
        }
    }

    @Misconception(
            believed = "A second is enough for these files; then I stop the query.",
            really =
                    "It is enough here and now. On a busy machine, or after a night with more payments, stop() ends the"
                            + " query in the middle of its work, and nobody notices. AvailableNow ends it when everything is"
                            + " read, and awaitTermination() without a limit waits for that.",
            concept = "Triggers")
    public static class StopsAfterASecond extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            StreamingQuery query = parquet(spark, inbox, archive, checkpoint).start();
            query.awaitTermination(1_000);
            query.stop();
        }
    }

    @Misconception(
            believed = "A file with more than one line is read with multiLine.",
            really = "multiLine is for a value that extends over several lines: Spark then takes a file for one value,"
                    + " reads the first payment, and ignores the others without an error. One payment a line is the"
                    + " default.",
            concept = "Malformed records")
    public static class ReadsOneValuePerFile extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) throws Exception {
            spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("multiLine", true)
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
            believed = "Once() and AvailableNow() are two names of one trigger.",
            really = "Once runs one batch. After a killed run it is the interrupted batch, and new payments "
                    + "have to wait for the next run; it also ignores limits such as maxFilesPerTrigger. "
                    + "AvailableNow continues until everything is read, and Once is deprecated.",
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
            believed = "Nothing is written twice: after the rows are appended, it is noted that they are.",
            really =
                    "If the run is killed between the two, the next one appends the same rows again, whether the notes are"
                            + " Spark's commits, as with foreachBatch, or your own. The file sink keeps a list of the batches"
                            + " it has written; an append of your own has to be repeatable.",
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
            believed = "Spark infers the columns from the JSON, as it does for a table.",
            really = "A stream's schema is fixed before its first file is read, and must match every later "
                    + "file: you specify it.",
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
            really = "Complete mode emits the whole result in each batch, which needs an aggregation that "
                    + "keeps it. Append mode is for rows that are emitted once and never change.",
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

    @Misconception(
            believed = "A job of the night must not fail: it logs the exception, and the next run makes up for it.",
            really = "The next run does write the rows, but until somebody reads the log, nobody knows that there is no"
                    + " archive. Whoever starts the job sees only whether it throws.",
            concept = "Delivery guarantees")
    public static class LogsTheException extends PickUpWhereYouStopped {
        @Override
        public void run(SparkSession spark, String inbox, String archive, String checkpoint) {
            try {
                super.run(spark, inbox, archive, checkpoint);
            } catch (Exception e) {
                System.err.println("The archive is not written: " + e.getMessage());
            }
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
