package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link FindTheLeak} that people give. */
public final class FindTheLeakMisconceptions {

    private FindTheLeakMisconceptions() {}

    @Misconception(
            believed = "The watermark was on the wrong side: before dropDuplicates it limits the state.",
            really = "That is necessary but not sufficient. The keys of this state are ids, or include a time"
                    + " that has lost the watermark, such as a result of date_trunc. A watermark cannot expire"
                    + " such keys, so all of them stay forever. Rows older than the watermark are dropped all"
                    + " the same: the sums are smaller, the state is not.",
            concept = "Bounded state")
    public static class MovesTheWatermarkOnly extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes").dropDuplicates("id"));
        }
    }

    @Misconception(
            believed = "With the time among its columns, dropDuplicates removes old rows.",
            really = "The time must have a watermark. If the watermark is set after dropDuplicates, the time"
                    + " is an ordinary column there, and all rows stay forever.",
            concept = "Bounded state")
    public static class AddsTheTimeBeforeTheWatermark extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return byHour(payments.dropDuplicates("id", "time").withWatermark("time", "30 minutes"));
        }
    }

    @Misconception(
            believed = "With the watermark set before it and the time among its columns, or with"
                    + " dropDuplicatesWithinWatermark, old ids are removed, and that is all.",
            really = "Too much is removed. The operator also drops every late row: a payment older than the"
                    + " watermark, even if its hour is still open.",
            concept = "Late rows")
    public static class AddsTheTime extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes").dropDuplicates("id", "time"));
        }
    }

    @Misconception(
            believed = "If the watermark drops payments whose hour is open, its delay must be an hour longer.",
            really = "Then no such payment is dropped, but a query has one watermark, so the sums wait for it,"
                    + " too. Every hour is emitted an hour later than before, and stays in the state as long.",
            concept = "Watermarks")
    public static class WaitsAnHourLonger extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "90 minutes").dropDuplicatesWithinWatermark("id"));
        }
    }

    @Misconception(
            believed = "Ids are not needed: the same amount at the same terminal in the same hour is the same"
                    + " payment.",
            really = "The ids are no longer in the state, but payments are lost: two people may pay the same"
                    + " amount in the same hour. Two rows are the same payment if they have the same id, not if"
                    + " they look alike.",
            concept = "Deduplication")
    public static class DropsEqualPayments extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return payments.withWatermark("time", "30 minutes")
                    .withColumn("hours", window(col("time"), "1 hour"))
                    .dropDuplicates("hours", "terminal", "amount")
                    .groupBy("hours", "terminal")
                    .agg(sum("amount").as("revenue"))
                    .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
        }
    }

    @Misconception(
            believed = "Kafka's producer is idempotent: there are no duplicates, so no ids are needed.",
            really = "It prevents duplicates from its own retries. A sender that is restarted, or that retries"
                    + " by itself, writes a new record, and Kafka keeps both. Detecting them requires state.",
            concept = "Deduplication")
    public static class KeepsNoIds extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes"));
        }
    }

    private static Dataset<Row> byHour(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour").as("hours"), col("terminal"))
                .agg(sum("amount").as("revenue"))
                .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
    }
}
