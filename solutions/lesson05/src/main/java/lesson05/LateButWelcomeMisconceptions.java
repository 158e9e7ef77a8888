package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_timestamp;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.streaming.OutputMode;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link LateButWelcome} that people really give. */
public final class LateButWelcomeMisconceptions {

    private LateButWelcomeMisconceptions() {}

    @Misconception(
            believed = "Append mode emits a day's sum at once, and a watermark drops late rows. Here no row may "
                    + "be dropped, so there is no watermark.",
            really = "Append mode cannot change a row that it has emitted, so it waits until the watermark has "
                    + "reached the window's end. Without a watermark that never happens, and Spark refuses the "
                    + "query.",
            concept = "Output modes")
    public static class SetsNoWatermark extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return byDay(payments);
        }
    }

    @Misconception(
            believed = "Complete results need complete mode, and the watermark still deletes old state.",
            really = "Complete mode emits every day in every batch, and therefore keeps all of them. It "
                    + "ignores the watermark: Spark deletes no state and drops no late row.",
            concept = "Output modes")
    public static class UsesCompleteMode extends LateButWelcome {
        @Override
        public OutputMode mode() {
            return OutputMode.Complete();
        }
    }

    @Misconception(
            believed = "The session's time zone is India, so a window of a day is a day in India.",
            really = "Windows are aligned to 1970-01-01 00:00 UTC. The session's time zone matters where times "
                    + "become strings or dates, but not here: a window of a day begins at midnight UTC, which "
                    + "is half past five in the morning in India, unless you shift its start.",
            concept = "Time zones")
    public static class AssumesDaysInTheSessionTimeZone extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return payments.withWatermark("time", secondsBehind(record) + " seconds")
                    .groupBy(window(col("time"), "1 day"))
                    .agg(sum("amount").as("revenue"))
                    .select(col("window.start").as("day"), col("revenue"));
        }
    }

    @Misconception(
            believed = "A payment's lateness is its arrival minus its event time.",
            really = "That is its travel time. The watermark follows the newest event time, not the wall "
                    + "clock: if every payment travels for an hour, none is behind another. An extra hour of "
                    + "delay makes every result later and keeps state longer, for nothing.",
            concept = "Watermarks")
    public static class MeasuresByTheWallClock extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return waiting(
                    payments, record, unix_timestamp(col("arrived")).minus(unix_timestamp(col("time"))), "max(behind)");
        }
    }

    @Misconception(
            believed = "A payment is late if it is older than the previous one.",
            really = "The watermark follows the newest payment so far, not the previous one. After the newest "
                    + "one, three payments that are each ten minutes older than the one before end up thirty "
                    + "minutes behind.",
            concept = "Watermarks")
    public static class ComparesWithThePreviousPayment extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            Column before = lag("time", 1).over(Window.orderBy("arrived"));
            return waiting(payments, record, unix_timestamp(before).minus(unix_timestamp(col("time"))), "max(behind)");
        }
    }

    @Misconception(
            believed = "Seconds are precise enough to order arrivals.",
            really = "Many payments arrive in a second, and Spark sorts equal values in any order. If an older payment "
                    + "comes after a newer one by chance, it looks late, and the delay is too long; the other way "
                    + "round a late one is overlooked.",
            concept = "Late rows")
    public static class OrdersByWholeSeconds extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return super.revenue(payments, record.withColumn("arrived", unix_timestamp(col("arrived"))));
        }
    }

    @Misconception(
            believed = "The latest payment is an outlier; the delay has to cover ninety-nine percent.",
            really = "Then one in a hundred may be lost, and not a random one: one of a shop with a poor "
                    + "network. Losing a share of the payments is a decision that somebody has to make. Here "
                    + "every payment has to count, so the delay is the maximum.",
            concept = "Late rows")
    public static class UsesThe99thPercentile extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return waiting(payments, record, behind(), "percentile(behind, 0.99)");
        }
    }

    @Misconception(
            believed = "A payment is lost only if its day is over, so I measure from the end of its day.",
            really = "With this delay none of these payments would have been lost. But the time of day of a "
                    + "late payment is chance: the next one may be as far behind, and made a second before "
                    + "midnight.",
            concept = "Late rows")
    public static class MeasuresFromTheEndOfTheDay extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            Column end = expr("date_trunc('DAY', time) + INTERVAL 1 DAY");
            return waiting(payments, record, unix_timestamp(newest()).minus(unix_timestamp(end)), "max(behind)");
        }
    }

    @Misconception(
            believed = "A delay of zero drops every payment that is not the newest, so it has to be at least a "
                    + "minute.",
            really = "With a delay of zero the watermark equals the newest time, and Spark drops only payments "
                    + "of a day that is already final. If no payment of the record was behind, none is dropped, "
                    + "and the minute makes results later for nothing.",
            concept = "Watermarks")
    public static class WaitsAtLeastAMinute extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return waiting(payments, record, behind(), "greatest(60, max(behind))");
        }
    }

    /** The daily revenue with this delay, an aggregate of {@code behind} in seconds; a negative one counts as zero. */
    private static Dataset<Row> waiting(Dataset<Row> payments, Dataset<Row> record, Column behind, String wait) {
        long seconds = record.select(behind.as("behind"))
                .agg(greatest(lit(0L), expr(wait)).cast("long"))
                .head()
                .getLong(0);
        return LateButWelcome.byDay(payments.withWatermark("time", seconds + " seconds"));
    }

    private static Column behind() {
        return unix_timestamp(newest()).minus(unix_timestamp(col("time")));
    }

    private static Column newest() {
        return max("time").over(Window.orderBy("arrived").rowsBetween(Window.unboundedPreceding(), -1));
    }
}
