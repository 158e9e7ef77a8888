package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link FindTheLeak} that people really give. */
public final class FindTheLeakMisconceptions {

    private FindTheLeakMisconceptions() {}

    @Misconception(
            believed = "The watermark stood on the wrong side: before dropDuplicates it bounds its state.",
            really =
                    "It has to stand there, but that is half of it. The keys of this state are ids, or have a time beside"
                            + " them that has lost the mark, such as date_trunc makes; and no watermark says when those are over:"
                            + " every one is kept for ever. What is older than the watermark is dropped all the same, so there is"
                            + " less in the sums, and no less in the state.",
            concept = "Bounded state")
    public static class MovesTheWatermarkOnly extends FindTheLeak {
        @Override
        public Dataset<Row> mended(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes").dropDuplicates("id"));
        }
    }

    @Misconception(
            believed = "dropDuplicates needs the time among its columns, then it forgets.",
            really =
                    "It needs a time that carries the mark. Where the watermark is set below dropDuplicates, its time is a"
                            + " column like any other, and all of them are kept for ever.",
            concept = "Bounded state")
    public static class AddsTheTimeAboveTheWatermark extends FindTheLeak {
        @Override
        public Dataset<Row> mended(Dataset<Row> payments) {
            return byHour(payments.dropDuplicates("id", "time").withWatermark("time", "30 minutes"));
        }
    }

    @Misconception(
            believed = "The watermark before it, the time among its columns, or dropDuplicatesWithinWatermark: now it"
                    + " forgets, and that was all.",
            really =
                    "It does forget, and too much. What it forgets by is also what it calls late: a payment that is older"
                            + " than the watermark is dropped, though its hour be open for some time.",
            concept = "Late rows")
    public static class AddsTheTime extends FindTheLeak {
        @Override
        public Dataset<Row> mended(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes").dropDuplicates("id", "time"));
        }
    }

    @Misconception(
            believed = "If the watermark drops payments whose hour is open, it has to be an hour longer.",
            really =
                    "Then no such payment is dropped, but a query has one watermark: the sums wait for it as well. Every"
                            + " hour is put out an hour later than before, and is kept as long.",
            concept = "Watermarks")
    public static class WaitsAnHourLonger extends FindTheLeak {
        @Override
        public Dataset<Row> mended(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "90 minutes").dropDuplicatesWithinWatermark("id"));
        }
    }

    @Misconception(
            believed = "No ids, then: the same amount at the same terminal in the same hour is the same payment.",
            really =
                    "The ids are gone from the state, and so are payments: two people may well pay the same in one hour."
                            + " What makes two rows one payment is the id that the sender gave it, not that they look alike.",
            concept = "Deduplication")
    public static class TakesEqualPaymentsForOne extends FindTheLeak {
        @Override
        public Dataset<Row> mended(Dataset<Row> payments) {
            return payments.withWatermark("time", "30 minutes")
                    .withColumn("hours", window(col("time"), "1 hour"))
                    .dropDuplicates("hours", "terminal", "amount")
                    .groupBy("hours", "terminal")
                    .agg(sum("amount").as("revenue"))
                    .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
        }
    }

    @Misconception(
            believed = "Kafka's producer is idempotent: there are no duplicates, and nothing to remember.",
            really =
                    "It prevents those that its own retries would make. A sender that is started again, or tries again by"
                            + " itself, writes a new record, and Kafka keeps both. State is the price of knowing them.",
            concept = "Deduplication")
    public static class RemembersNothing extends FindTheLeak {
        @Override
        public Dataset<Row> mended(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 minutes"));
        }
    }

    private static Dataset<Row> byHour(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour").as("hours"), col("terminal"))
                .agg(sum("amount").as("revenue"))
                .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
    }
}
