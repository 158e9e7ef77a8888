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
            really = "After the aggregation there is no payment's time left to set it on: the columns are the group and"
                    + " its sum. A watermark has to stand before the aggregation whose state it bounds.",
            concept = "Watermarks")
    public static class SetsTheWatermarkAfterTheAggregation extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments, window(col("time"), "1 hour"), sum("amount"))
                    .withWatermark("time", "30 minutes");
        }
    }

    @Misconception(
            believed = "Once there is a watermark, I may group by the hour as I would in a table: date_trunc.",
            really = "A watermark is a mark on one column, and what date_trunc makes of it is a new column without the"
                    + " mark. Spark sees an aggregation without a watermark, whose groups would never be final, and"
                    + " refuses append mode. Only window() hands the mark on.",
            concept = "Watermarks")
    public static class GroupsByAColumnWithoutTheMark extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.withWatermark("time", "30 minutes")
                    .groupBy(date_trunc("hour", col("time")).as("hour"), col("terminal"))
                    .agg(sum("amount").as("revenue"));
        }
    }

    @Misconception(
            believed = "Then the watermark goes on the truncated hour.",
            really = "The hour from nine is then an event at nine sharp, and done when the watermark has passed nine,"
                    + " not ten: the first payment after ten puts it out, and late ones are lost.",
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
            believed = "A short watermark only makes results come sooner.",
            really = "The watermark is the promise to wait. With thirty seconds instead of thirty minutes an hour is"
                    + " put out half a minute after its end, and whatever comes later is lost without a word.",
            concept = "Watermarks")
    public static class WaitsThirtySeconds extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "30 seconds"), window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "The watermark has to pass the window's end, so I wait a second less.",
            really =
                    "It has only to reach it: a window ends where the next one begins, and its end is no part of it. With"
                            + " a second less an hour is put out a second too early.",
            concept = "Watermarks")
    public static class WaitsASecondLess extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "1799 seconds"), window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed =
                    "What is older than the watermark is dropped. So that a payment of 9:01 still counts at 10:29, the"
                            + " watermark has to cover the window as well: ninety minutes.",
            really = "A window drops what comes for it when the watermark has reached its end; a payment that is merely"
                    + " older than the watermark counts. The window's length is in that already: with ninety minutes"
                    + " every hour is put out an hour too late, and its state is kept as long.",
            concept = "Watermarks")
    public static class WaitsForTheWindowTwice extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return byHour(payments.withWatermark("time", "90 minutes"), window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "The third argument of window() is how late a payment may be.",
            really = "It is the slide: how often a new window begins. With thirty minutes the windows overlap, and each"
                    + " payment is counted in two of them.",
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
            believed = "A window is known by its end.",
            really = "A window reaches from its start, included, to its end, excluded. What was paid from nine to ten"
                    + " is the hour from nine; ten o'clock is where the next one begins.",
            concept = "Windows")
    public static class NamesAnHourByItsEnd extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return super.revenue(payments).withColumn("hour", col("hour").plus(expr("INTERVAL 1 HOUR")));
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "Ten cents have no exact double: three times 0.1 is 0.30000000000000004. Payments carry decimals,"
                    + " whose sums are exact and do not depend on the order in which rows arrive.",
            concept = "Money")
    public static class AddsUpDoubles extends HourlyRevenue {
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
            really = "Two people may well pay the same at once. What makes two rows one payment is the id that the"
                    + " sender gave it, not that they look alike.",
            concept = "Deduplication")
    public static class TakesEqualPaymentsForOne extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            Dataset<Row> distinct = payments.withWatermark("time", "30 minutes")
                    .dropDuplicates(new String[] {"time", "terminal", "amount"});
            return byHour(distinct, window(col("time"), "1 hour"), sum("amount"));
        }
    }

    @Misconception(
            believed = "Late payments have to be filtered out by hand: older than thirty minutes, out.",
            really = "current_timestamp() is the clock on the wall, and event time has nothing to do with it. Whenever"
                    + " payments are read again, after a standstill or from the archive, all of them are old, and none"
                    + " is left.",
            concept = "Event time")
    public static class FiltersByTheClockOnTheWall extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return super.revenue(
                    payments.where(col("time").gt(current_timestamp().minus(expr("INTERVAL 30 MINUTES")))));
        }
    }

    @Misconception(
            believed = "Dropping duplicates first can do no harm.",
            really = "Every step with a state drops what is too late for it, and dropping duplicates looks at a"
                    + " payment's time, not at its hour: whatever is older than the watermark goes, even if its"
                    + " hour is open.",
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
            believed = "Adding up ten minutes at a time, and then the hours, gives the same sums with less state.",
            really = "Each ten minutes are final on their own, before their hour is. A late payment whose hour is open"
                    + " is dropped because its ten minutes are over.",
            concept = "Late rows")
    public static class AddsUpInTwoSteps extends HourlyRevenue {
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
