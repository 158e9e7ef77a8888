package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import org.apache.spark.sql.SparkSession;
import workbook.check.diagnose.Misconception;

/** Common wrong answers to {@link InspectState}. */
public final class InspectStateMisconceptions {

    private InspectStateMisconceptions() {}

    @Misconception(
            believed = "The change feed has one row for each customer.",
            really = "It has one row for each write of a customer's value: a customer who paid in two "
                    + "batches has two rows. The change feed shows how the state changed; read without it "
                    + "for the state itself.",
            concept = "State reader")
    public static class CountsChanges extends InspectState {
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
            believed = "The partitions are the distinct values of partition_id.",
            really = "Only partitions with rows appear there. With few keys some partitions are empty, and "
                    + "the count is too small.",
            concept = "State reader")
    public static class CountsPartitionsWithRows extends InspectState {
        @Override
        public long partitions(SparkSession spark, String checkpoint) {
            return state(spark, checkpoint).select("partition_id").distinct().count();
        }
    }

    @Misconception(
            believed = "The number of partitions is spark.sql.shuffle.partitions.",
            really = "That is the number for a new query. A query with a checkpoint keeps the number of "
                    + "its first run, whatever the session's setting: the rows of a key must go to the "
                    + "partition with its state.",
            concept = "Checkpoints")
    public static class ReadsTheSessionSetting extends InspectState {
        @Override
        public long partitions(SparkSession spark, String checkpoint) {
            return Long.parseLong(spark.conf().get("spark.sql.shuffle.partitions"));
        }
    }

    @Misconception(
            believed = "The last row is the largest: max of the key, with the value beside it.",
            really = "State has no order, and the largest key is only the customer with the largest "
                    + "number. The question asks for the largest value.",
            concept = "State reader")
    public static class TakesTheLargestKey extends InspectState {
        @Override
        public int busiest(SparkSession spark, String checkpoint) {
            return state(spark, checkpoint).select(max("key.customer")).head().getInt(0);
        }
    }

    @Misconception(
            believed = "Whoever pays most has the most payments.",
            really =
                    "The state has both: value.count is the number of payments, value.sum their sum. One payment of five "
                            + "hundred is more than two of one, and less often.",
            concept = "State reader")
    public static class TakesTheLargestSum extends InspectState {
        @Override
        public int busiest(SparkSession spark, String checkpoint) {
            return state(spark, checkpoint)
                    .orderBy(col("value.sum").desc(), col("key.customer"))
                    .select("key.customer")
                    .head()
                    .getInt(0);
        }
    }

    @Misconception(
            believed = "The customer with the most payments is the first after a sort by their number.",
            really =
                    "Of several with the same number, the first is any of them: the order of ties depends on partitions. "
                            + "The second sort key decides.",
            concept = "Sorting")
    public static class SortsByTheCountOnly extends InspectState {
        @Override
        public int busiest(SparkSession spark, String checkpoint) {
            return state(spark, checkpoint)
                    .orderBy(col("value.count").desc())
                    .select("key.customer")
                    .head()
                    .getInt(0);
        }
    }

    @Misconception(
            believed = "A checkpoint contains one state, the newest.",
            really = "Each batch commits a version, and Spark keeps the recent ones, since it may have to "
                    + "go back to one. Without batchId the reader returns the latest.",
            concept = "State reader")
    public static class ReadsOnlyTheLastBatch extends InspectState {
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
            believed = "Batches start at 0 and versions at 1, so the state after a batch has the next number.",
            really = "The files are named by version, one more than the batch that wrote them. The "
                    + "reader's batchId is the batch: it returns the state after that batch.",
            concept = "State reader")
    public static class PassesTheVersion extends InspectState {
        @Override
        public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
            return super.payments(spark, checkpoint, customer, batch + 1);
        }
    }

    @Misconception(
            believed = "Every customer has a row, so I take the first.",
            really = "The state has rows only for keys with input. For other keys there is no row, not a "
                    + "row with 0.",
            concept = "State reader")
    public static class ExpectsARowForEveryCustomer extends InspectState {
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
