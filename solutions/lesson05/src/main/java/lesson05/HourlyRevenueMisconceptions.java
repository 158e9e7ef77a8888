package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link HourlyRevenue} that people really give. */
public final class HourlyRevenueMisconceptions {

    private HourlyRevenueMisconceptions() {}

    @Misconception(
            believed = "The watermark belongs where the output is held back: after the aggregation.",
            really = "After the aggregation there is no event time to set it on: the columns are the group and "
                    + "its sum. A watermark has to stand before the aggregation whose state it bounds.",
            concept = "Watermarks")
    public static class SetsTheWatermarkAfterTheAggregation extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments, window(col("time"), "1 hour"), sum("amount"))
                    .withWatermark("time", "30 minutes");
        }
    }

    @Misconception(
            believed = "With a watermark I can group by the hour as in a table: date_trunc.",
            really = "A watermark is a mark on one column, and the result of date_trunc is a new column "
                    + "without it. To Spark this is an aggregation without a watermark, whose groups are never "
                    + "final, and it refuses append mode. Only window() passes the mark on.",
            concept = "Watermarks")
    public static class GroupsByAColumnWithoutTheWatermark extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.withWatermark("time", "30 minutes")
                    .groupBy(date_trunc("hour", col("time")).as("hour"), col("terminal"))
                    .agg(sum("amount").as("revenue"));
        }
    }

    @Misconception(
            believed = "Then the watermark goes on the truncated hour.",
            really = "The hour from nine then has the event time nine o'clock. It is final when the watermark "
                    + "has passed nine, not ten: the first payment after ten emits it, and late ones are lost.",
            concept = "Watermarks")
    public static class SetsTheWatermarkOnTheTruncatedHour extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.withColumn("hour", date_trunc("hour", col("time")))
                    .withWatermark("hour", "30 minutes")
                    .groupBy("hour", "terminal")
                    .agg(sum("amount").as("revenue"));
        }
    }

    @Misconception(
            believed = "A shorter delay only emits results earlier.",
            really = "The delay decides how long Spark waits. With thirty seconds instead of thirty minutes an "
                    + "hour is emitted half a minute after its end, and later payments are dropped silently.",
            concept = "Watermarks")
    public static class WaitsThirtySeconds extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 seconds"), window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "The watermark has to pass the window's end, so I wait a second less.",
            really = "It only has to reach it: a window ends where the next one begins, and does not include "
                    + "its end. With a second less an hour is emitted a second too early.",
            concept = "Watermarks")
    public static class WaitsASecondLess extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "1799 seconds"), window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "Rows older than the watermark are dropped. For a payment of 9:01 to count at 10:29, the "
                    + "delay has to include the window: ninety minutes.",
            really = "An aggregation by window drops a row once the watermark has reached the window's end; a "
                    + "row that is only older than the watermark counts. The window's length is already "
                    + "included: with ninety minutes every hour is emitted an hour too late, and its state is "
                    + "kept as long.",
            concept = "Watermarks")
    public static class WaitsForTheWindowTwice extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "90 minutes"), window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "The third argument of window() is how late a payment may be.",
            really = "It is the slide: how often a new window begins. With thirty minutes the windows overlap, "
                    + "and each payment is counted in two of them.",
            concept = "Windows")
    public static class SlidesByThirtyMinutes extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(
                    payments.withWatermark("time", "30 minutes"),
                    window(col("time"), "1 hour", "30 minutes"),
                    sum("amount"));
        }
    }

    @Misconception(
            believed = "A window is identified by its end.",
            really = "A window includes its start and excludes its end. The payments from nine to ten are the "
                    + "hour from nine; the next hour begins at ten.",
            concept = "Windows")
    public static class NamesAnHourByItsEnd extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return super.revenue(payments).withColumn("hour", col("hour").plus(expr("INTERVAL 1 HOUR")));
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "Ten cents have no exact double: three times 0.1 is 0.30000000000000004. Payments have "
                    + "decimals, whose sums are exact and do not depend on the order of the rows.",
            concept = "Money")
    public static class SumsDoubles extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(
                    payments.withWatermark("time", "30 minutes"),
                    window(col("time"), "1 hour"),
                    sum(col("amount").cast("double")));
        }
    }

    @Misconception(
            believed = "The same amount at the same terminal in the same second is one payment, delivered twice.",
            really = "Two people may pay the same amount in the same second. Two rows are one payment if they "
                    + "have the same id from the sender, not if they look alike.",
            concept = "Deduplication")
    public static class DropsEqualPayments extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            Dataset<Row> distinct = payments.withWatermark("time", "30 minutes")
                    .dropDuplicates(new String[] {"time", "terminal", "amount"});
            return byHour(distinct, window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "An amount below zero is an error: revenue is what was paid.",
            really = "It is a refund, and belongs to the revenue: the sum is what was paid minus what was paid back. A "
                    + "row that is a mistake has to be named by the task, not guessed from its value.",
            concept = "Money")
    public static class LeavesRefundsOut extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return super.revenue(payments.where(col("amount").geq(0)));
        }
    }

    @Misconception(
            believed = "Late payments have to be filtered out by hand: drop those older than thirty minutes.",
            really = "current_timestamp() is the wall clock, which has nothing to do with event time. When "
                    + "payments are read again, after an outage or from the archive, all of them are old, and "
                    + "the filter drops every one.",
            concept = "Event time")
    public static class FiltersByTheWallClock extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return super.revenue(
                    payments.where(col("time").gt(current_timestamp().minus(expr("INTERVAL 30 MINUTES")))));
        }
    }

    @Misconception(
            believed = "Dropping duplicates first does no harm.",
            really = "Every stateful operator drops its own late rows. Deduplication compares a payment's "
                    + "time, not its hour, with the watermark: it drops every payment older than the watermark, "
                    + "even if its hour is open.",
            concept = "Late rows")
    public static class DropsDuplicatesFirst extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            Dataset<Row> distinct =
                    payments.withWatermark("time", "30 minutes").dropDuplicatesWithinWatermark(new String[] {"id"});
            return byHour(distinct, window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "Summing ten minutes at a time, and then the hours, gives the same sums with less state.",
            really = "Each ten-minute window is final before its hour is. A late payment whose hour is open is "
                    + "dropped because its ten minutes are over.",
            concept = "Late rows")
    public static class SumsInTwoSteps extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            Dataset<Row> tenMinutes = payments.withWatermark("time", "30 minutes")
                    .groupBy(window(col("time"), "10 minutes"), col("terminal"))
                    .agg(sum("amount").as("amount"));
            return byHour(tenMinutes, window(col("window"), "1 hour"), sum("amount"));
        }
    }

    private static Dataset<Row> byHour(Dataset<Row> payments, Column hour, Column revenue) {
        return payments.groupBy(hour.as("hours"), col("terminal"))
                .agg(revenue.as("revenue"))
                .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
    }
}
