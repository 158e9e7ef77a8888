package lesson10;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.check.diagnose.Misconception;
import workbook.kit.Payment;

/** Wrong answers that people really give to {@link SmallStateFastBatches}. */
class SmallStateFastBatchesMisconceptions {

    @Misconception(
            believed = "Adaptive execution merges partitions that are too small.",
            really =
                    "Not in a query with state, where Spark switches it off: each key has to stay in its partition. Every batch"
                            + " runs a task for each of the 16, and opens and commits 16 state stores for a few rows.",
            concept = "Broadcast and adaptive execution")
    public static class TrustsAdaptiveExecution extends SmallStateFastBatches {
        @Override
        SparkSession session(SparkSession spark) {
            return spark;
        }
    }

    @Misconception(
            believed = "A setting takes effect with the next batch.",
            really =
                    "A query runs in a copy of the session, made at its start. And the first batch writes the number of state partitions"
                            + " to the checkpoint: no later start changes it.",
            concept = "Checkpoints")
    public static class SetsItAfterTheStart extends SmallStateFastBatches {
        @Override
        public StreamingQuery start(
                SparkSession spark, String payments, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            SparkSession own = spark.newSession();
            StreamingQuery query = start(hours(read(own, payments)), checkpoint, sink);
            own.conf().set("spark.sql.shuffle.partitions", 2);
            return query;
        }
    }

    @Misconception(
            believed = "The settings of a session concern the query that is started next.",
            really =
                    "They stay. Each later job in this session gets two partitions, also the nightly join that needs hundreds.",
            concept = "Partitions and shuffles")
    public static class ChangesTheSession extends SmallStateFastBatches {
        @Override
        SparkSession session(SparkSession spark) {
            spark.conf().set("spark.sql.shuffle.partitions", 2);
            return spark;
        }
    }

    @Misconception(
            believed = "A setting that is restored at once does no harm.",
            really =
                    "A query that another thread plans in between has two partitions. The setting belongs to the session, and to"
                            + " everybody who uses it.",
            concept = "Partitions and shuffles")
    public static class RestoresTheSetting extends SmallStateFastBatches {
        @Override
        public StreamingQuery start(
                SparkSession spark, String payments, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            String before = spark.conf().get("spark.sql.shuffle.partitions");
            spark.conf().set("spark.sql.shuffle.partitions", 2);
            try {
                return start(hours(read(spark, payments)), checkpoint, sink);
            } finally {
                spark.conf().set("spark.sql.shuffle.partitions", before);
            }
        }
    }

    @Misconception(
            believed = "When the method returns, the backlog is done.",
            really =
                    "processAllAvailable is for tests: it waits until all files have been read, which never happens if they arrive as"
                            + " fast as they are read. The caller has to stop the query meanwhile, and cannot.",
            concept = "Backpressure and lag")
    public static class WaitsForTheBacklog extends SmallStateFastBatches {
        @Override
        StreamingQuery start(Dataset<Row> hours, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            StreamingQuery query = super.start(hours, checkpoint, sink);
            query.processAllAvailable();
            return query;
        }
    }

    @Misconception(
            believed = "unset() takes a change back.",
            really =
                    "It removes the value of the session, and the one that was there before with it. What counts then is the default.",
            concept = "Partitions and shuffles")
    public static class UnsetsTheSetting extends SmallStateFastBatches {
        @Override
        public StreamingQuery start(
                SparkSession spark, String payments, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            spark.conf().set("spark.sql.shuffle.partitions", 2);
            try {
                return start(hours(read(spark, payments)), checkpoint, sink);
            } finally {
                spark.conf().unset("spark.sql.shuffle.partitions");
            }
        }
    }

    @Misconception(
            believed = "coalesce(2) before the sink gives two tasks.",
            really =
                    "It does. Each of them works on eight partitions of the state, one after the other: there are still 16 state stores to"
                            + " open and to commit.",
            concept = "State stores")
    public static class CoalescesTheResult extends SmallStateFastBatches {
        @Override
        SparkSession session(SparkSession spark) {
            return spark;
        }

        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            return super.hours(payments).coalesce(2);
        }
    }

    @Misconception(
            believed = "repartition(2, …) before the grouping sets the partitions of the state.",
            really = "The state requires the number of partitions that its checkpoint has. The rows are shuffled to two"
                    + " partitions, and then again to 16.",
            concept = "Partitions and shuffles")
    public static class RepartitionsFirst extends SmallStateFastBatches {
        @Override
        SparkSession session(SparkSession spark) {
            return spark;
        }

        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            return super.hours(payments.repartition(2, col("terminal")));
        }
    }

    @Misconception(
            believed = "spark.streaming.backpressure.enabled slows down a query that cannot follow.",
            really = "It is a setting of DStreams, and a session accepts any name. The first batch after an outage"
                    + " is the whole backlog.",
            concept = "Backpressure and lag")
    public static class TrustsBackpressure extends SmallStateFastBatches {
        @Override
        SparkSession session(SparkSession spark) {
            SparkSession own = super.session(spark);
            own.conf().set("spark.streaming.backpressure.enabled", true);
            return own;
        }

        @Override
        Dataset<Row> read(SparkSession spark, String payments) {
            return spark.readStream().schema(Payment.SCHEMA).json(payments);
        }
    }

    @Misconception(
            believed = "A short interval of the trigger makes small batches.",
            really =
                    "It says when a batch may begin, not how much it reads. A batch reads all that is there, and the next one waits for the"
                            + " interval.",
            concept = "Triggers")
    public static class LimitsTheInterval extends SmallStateFastBatches {
        @Override
        Dataset<Row> read(SparkSession spark, String payments) {
            return spark.readStream().schema(Payment.SCHEMA).json(payments);
        }

        @Override
        StreamingQuery start(Dataset<Row> hours, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            return hours.writeStream()
                    .trigger(Trigger.ProcessingTime(200))
                    .option("checkpointLocation", checkpoint)
                    .foreachBatch(sink)
                    .start();
        }
    }

    @Misconception(
            believed = "maxFilesPerTrigger is the limit of each task: five files for each of two cores are ten.",
            really = "It is the limit of the whole batch, as maxOffsetsPerTrigger is. The batches have five files.",
            concept = "Backpressure and lag")
    public static class LimitsEachTask extends SmallStateFastBatches {
        @Override
        Dataset<Row> read(SparkSession spark, String payments) {
            return spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 10 / 2)
                    .json(payments);
        }
    }

    @Misconception(
            believed = "AvailableNow is the trigger for backlogs.",
            really =
                    "It works off what is there at the start, in batches of ten, and ends. Files that arrive an hour later wait for"
                            + " somebody who starts the query.",
            concept = "Triggers")
    public static class EndsWithTheBacklog extends SmallStateFastBatches {
        @Override
        StreamingQuery start(Dataset<Row> hours, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            return hours.writeStream()
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint)
                    .foreachBatch(sink)
                    .start();
        }
    }

    @Misconception(
            believed = "latestFirst shows the newest figures soon; the older files follow.",
            really =
                    "The newest files advance the watermark. The rows of all files that follow are late, and are dropped without"
                            + " an error.",
            concept = "Late rows")
    public static class ReadsTheNewestFirst extends SmallStateFastBatches {
        @Override
        Dataset<Row> read(SparkSession spark, String payments) {
            return spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 10)
                    .option("latestFirst", true)
                    .json(payments);
        }
    }

    @Misconception(
            believed = "A longer watermark is the safer one. State is cheap.",
            really =
                    "Each hour stays in state for a day, and its row is written a day late. Nothing arrives meanwhile that"
                            + " could change it.",
            concept = "Bounded state")
    public static class WaitsForADay extends SmallStateFastBatches {
        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            return sums(payments.withWatermark("time", "1 day"));
        }
    }

    @Misconception(
            believed = "Update mode needs no watermark, and is faster.",
            really =
                    "Without a watermark no hour is ever final: the state keeps all of them, and the sink gets an hour again with each"
                            + " of its payments.",
            concept = "Output modes")
    public static class WritesUpdates extends SmallStateFastBatches {
        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            return sums(payments);
        }

        @Override
        StreamingQuery start(Dataset<Row> hours, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            return hours.writeStream()
                    .outputMode("update")
                    .option("checkpointLocation", checkpoint)
                    .foreachBatch(sink)
                    .start();
        }
    }

    @Misconception(
            believed = "date_trunc('HOUR', time) is the window of an hour.",
            really =
                    "It is a value that Spark knows nothing about: not when it ends, so not when a row is final. Append mode"
                            + " refuses the query; in update mode its state would grow forever.",
            concept = "Bounded state")
    public static class TruncatesTheTime extends SmallStateFastBatches {
        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            return payments.withWatermark("time", "10 minutes")
                    .groupBy(date_trunc("HOUR", col("time")).as("hour"), col("terminal"))
                    .agg(count(lit(1)).as("payments"), sum("amount").as("revenue"));
        }
    }

    @Misconception(
            believed = "After a restart a file may be read twice, so duplicates have to be dropped.",
            really =
                    "The checkpoint has the files that were read, and the state goes back to the same batch. The second operator"
                            + " keeps the id of every payment, forever.",
            concept = "Deduplication")
    public static class DropsDuplicates extends SmallStateFastBatches {
        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            return super.hours(payments.dropDuplicates("id"));
        }
    }

    @Misconception(
            believed = "Dynamic allocation adapts a query to its backlog.",
            really =
                    "It is a setting of the application and cannot be changed in a session. It adds executors while tasks wait;"
                            + " it changes neither the size of a batch nor the partitions of its state.",
            concept = "Backpressure and lag")
    public static class AllocatesDynamically extends SmallStateFastBatches {
        @Override
        SparkSession session(SparkSession spark) {
            SparkSession own = super.session(spark);
            own.conf().set("spark.dynamicAllocation.enabled", true);
            return own;
        }
    }
}
