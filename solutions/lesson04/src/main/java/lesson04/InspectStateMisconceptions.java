package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import org.apache.spark.sql.SparkSession;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link InspectState} that people really give. */
public final class InspectStateMisconceptions {

    private InspectStateMisconceptions() {}

    @Misconception(
            believed = "The change feed has a row for each customer.",
            really =
                    "It has one for each time a batch wrote a customer's value: whoever paid in two batches stands there"
                            + " twice. It tells how the state became what it is; what it is, the table without it tells.",
            concept = "State reader")
    public static class CountsTheChanges extends InspectState {
        @Override
        public long customers(SparkSession spark, String checkpoint) {
            return spark.read()
                    .format("statestore")
                    .option("readChangeFeed", true)
                    .option("changeStartBatchId", 0)
                    .load(checkpoint)
                    .count();
        }
    }

    @Misconception(
            believed = "The partitions are the different values of partition_id.",
            really = "Only a partition with rows has rows that name it. With few keys some stay empty, and the count is"
                    + " too small.",
            concept = "State reader")
    public static class CountsPartitionsWithRows extends InspectState {
        @Override
        public long partitions(SparkSession spark, String checkpoint) {
            return state(spark, checkpoint).select("partition_id").distinct().count();
        }
    }

    @Misconception(
            believed = "The number of partitions is spark.sql.shuffle.partitions.",
            really =
                    "That is what a new query would get. A query with a checkpoint goes on with the number of its first"
                            + " run, whatever the session says now: the rows of a key must stay where its state is.",
            concept = "Checkpoints")
    public static class AsksTheSession extends InspectState {
        @Override
        public long partitions(SparkSession spark, String checkpoint) {
            return Long.parseLong(spark.conf().get("spark.sql.shuffle.partitions"));
        }
    }

    @Misconception(
            believed = "The last row is the largest: max of the key, with the value beside it.",
            really = "State is ordered by nothing that one could rely on, and the largest key is just the customer with"
                    + " the largest number. The question is about the value.",
            concept = "State reader")
    public static class TakesTheLargestKey extends InspectState {
        @Override
        public int busiest(SparkSession spark, String checkpoint) {
            return state(spark, checkpoint).select(max("key.customer")).head().getInt(0);
        }
    }

    @Misconception(
            believed = "A checkpoint knows one state, the newest.",
            really =
                    "Each batch leaves a version of its own, and Spark keeps some of them: it may have to go back to one."
                            + " Without batchId the reader takes the last.",
            concept = "State reader")
    public static class KnowsTheLastBatchOnly extends InspectState {
        @Override
        public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
            return state(spark, checkpoint)
                    .where(col("key.customer").equalTo(customer))
                    .select("value.count")
                    .collectAsList()
                    .stream()
                    .mapToLong(row -> row.getLong(0))
                    .sum();
        }
    }

    @Misconception(
            believed = "Batch numbers begin at 0 and versions at 1, so the state after a batch is the next number's.",
            really = "The files are named by version, one more than the batch that wrote them. The reader's batchId is"
                    + " the batch: it means the state that this batch left behind.",
            concept = "State reader")
    public static class AsksForTheVersion extends InspectState {
        @Override
        public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
            return super.payments(spark, checkpoint, customer, batch + 1);
        }
    }

    @Misconception(
            believed = "Every customer has a row, so I take the first.",
            really = "State has rows only for keys that have come. Of the others there is not a row with 0, there is no"
                    + " row.",
            concept = "State reader")
    public static class ExpectsARow extends InspectState {
        @Override
        public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
            return spark.read()
                    .format("statestore")
                    .option("batchId", batch)
                    .load(checkpoint)
                    .where(col("key.customer").equalTo(customer))
                    .select("value.count")
                    .collectAsList()
                    .get(0)
                    .getLong(0);
        }
    }
}
