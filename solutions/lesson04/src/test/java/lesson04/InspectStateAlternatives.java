package lesson04;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Other right answers, and one that is right only for the fixed payments of the checkpoint. */
class InspectStateAlternatives {

    /** Uses the last write up to the batch in the change feed. */
    public static class FromTheChangeFeed extends InspectState {
        @Override
        public long customers(SparkSession spark, String checkpoint) {
            return changes(spark, checkpoint, "key.customer").stream()
                    .map(row -> row.getInt(0))
                    .distinct()
                    .count();
        }

        @Override
        public long payments(SparkSession spark, String checkpoint, int customer, long batch) {
            return changes(spark, checkpoint, "key.customer", "batch_id", "value.count").stream()
                    .filter(row -> row.getInt(0) == customer && row.getLong(1) <= batch)
                    .max(Comparator.comparing(row -> row.getLong(1)))
                    .map(row -> row.getLong(2))
                    .orElse(0L);
        }

        private static List<Row> changes(SparkSession spark, String checkpoint, String... columns) {
            return spark.read()
                    .format("statestore")
                    .option("readChangeFeed", "true")
                    .option("changeStartBatchId", 0)
                    .load(checkpoint)
                    .selectExpr(columns)
                    .collectAsList();
        }
    }

    public static class InSql extends InspectState {
        @Override
        public long customers(SparkSession spark, String checkpoint) {
            return one(spark, checkpoint, "SELECT count(DISTINCT key.customer) FROM state");
        }

        @Override
        public long partitions(SparkSession spark, String checkpoint) {
            return spark.read()
                    .format("state-metadata")
                    .load(checkpoint)
                    .where("operatorId = 0")
                    .collectAsList()
                    .get(0)
                    .<Integer>getAs("numPartitions");
        }

        @Override
        public int busiest(SparkSession spark, String checkpoint) {
            return (int) one(
                    spark, checkpoint, "SELECT max_by(key.customer, struct(value.count, -key.customer)) FROM state");
        }

        private static long one(SparkSession spark, String checkpoint, String question) {
            state(spark, checkpoint).createOrReplaceTempView("state");
            return ((Number) spark.sql(question).head().get(0)).longValue();
        }
    }

    public static class Learnt extends InspectState {
        @Override
        public long customers(SparkSession spark, String checkpoint) {
            return state(spark, checkpoint)
                    .where("key.customer BETWEEN 7 AND 9")
                    .count();
        }
    }
}
