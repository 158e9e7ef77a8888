package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_timestamp;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link SlowestStreamWins} that people really give. */
public final class SlowestStreamWinsMisconceptions {

    private SlowestStreamWinsMisconceptions() {}

    @Misconception(
            believed = "First the union, then one watermark for both streams: an hour's delay covers both.",
            really = "One watermark follows one newest row, and that comes from the tills. It closes the "
                    + "partner's hours before the partner has sent a row for them. The distance between two "
                    + "streams is not lateness: set a watermark on each stream, before the union.",
            concept = "Several watermarks")
    public static class SetsTheWatermarkAfterTheUnion extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills).union(paid(timed(partner))).withWatermark("time", "1 hour"));
        }
    }

    @Misconception(
            believed = "With multipleWatermarkPolicy set to max, the query does not wait for a slow stream.",
            really = "It does not wait, and loses the slow stream's rows: they are behind the other stream's "
                    + "watermark, their hours are over, and Spark drops them. With the default, min, it waits "
                    + "and drops none.",
            concept = "Several watermarks")
    public static class UsesThePolicyMax extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            tills.sparkSession().conf().set("spark.sql.streaming.multipleWatermarkPolicy", "max");
            return super.revenue(tills, partner);
        }
    }

    @Misconception(
            believed = "A query has one watermark, so both streams get the same delay.",
            really = "It has one for each withWatermark, each with its own delay, and uses the lowest. Ten "
                    + "minutes are right for the tills, but a partner's line that lags further behind may find "
                    + "its hour closed.",
            concept = "Several watermarks")
    public static class UsesOneDelayForBoth extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(timed(partner).withWatermark("time", "10 minutes"))));
        }
    }

    @Misconception(
            believed = "A stream without rows does not stall a query, and lines without an amount are no input, "
                    + "so I filter them out.",
            really = "A stream without new rows still has a watermark: it stands still, and as the lowest it "
                    + "stalls the query. The lines without an amount move it. A filter after withWatermark is "
                    + "no better, because Spark moves it before the watermark. Filter after the sum.",
            concept = "Several watermarks")
    public static class DropsTheHeartbeats extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return super.revenue(tills, partner.where(col("amount").isNotNull()));
        }
    }

    @Misconception(
            believed = "written is already a timestamp and time is not, so the watermark goes on written.",
            really = "It bounds only windows of its own column, but the windows here are of time. Spark would "
                    + "refuse this for a single stream. In a union it checks only the first stream's column, "
                    + "which has its mark, and accepts the query. The watermark then follows the time of "
                    + "writing, hours ahead of the payments, and they are dropped.",
            concept = "Watermarks")
    public static class SetsTheWatermarkOnAnotherColumn extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(timed(partner.withWatermark("written", "1 hour")))));
        }
    }

    @Misconception(
            believed = "Spark parses the time from the string where it needs one.",
            really = "A watermark is the largest time read minus a delay, so it needs a timestamp column. "
                    + "Spark refuses a string: convert it to a timestamp first.",
            concept = "Watermarks")
    public static class SetsTheWatermarkOnAString extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(timed(partner.withWatermark("time", "1 hour")))));
        }
    }

    @Misconception(
            believed = "Rows without a time are emitted under a null, where I can see them.",
            really = "A null key forms a group, but a null time is in no window: the row is dropped before the "
                    + "aggregation. No metric counts it, not even numRowsDroppedByWatermark.",
            concept = "Nulls")
    public static class LeavesTheTimeNull extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(partner.withColumn("time", to_timestamp(col("time")))
                            .withWatermark("time", "1 hour"))));
        }
    }

    @Misconception(
            believed = "An hour without revenue has no payments, so I filter on revenue > 0.",
            really =
                    "Refunds make a sum zero or negative, and a payment may be of 0.00. Nothing paid is not the same as "
                            + "paid nothing: the sum of no amounts is null, which is what tells them apart.",
            concept = "Nulls")
    public static class HidesHoursWithoutRevenue extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return super.revenue(tills, partner).where(col("revenue").gt(0));
        }
    }
}
