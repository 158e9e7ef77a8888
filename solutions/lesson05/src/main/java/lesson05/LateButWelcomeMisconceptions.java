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
            believed = "Append mode puts a day's sum out at once, and a watermark is there to drop what is late. Here"
                    + " nothing may be dropped, so there is none.",
            really = "What append mode has put out it cannot take back, so it waits until the watermark has reached the"
                    + " window's end. Without a watermark that is never, and Spark refuses the query.",
            concept = "Output modes")
    public static class SetsNoWatermark extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return byDay(payments);
        }
    }

    @Misconception(
            believed = "For results that are complete there is complete mode, and the watermark still clears up.",
            really = "Complete mode puts out every day there ever was, each time, and therefore keeps them all. The"
                    + " watermark has no say in it: nothing is forgotten, and nothing is too late.",
            concept = "Output modes")
    public static class TakesCompleteMode extends LateButWelcome {
        @Override
        public OutputMode mode() {
            return OutputMode.Complete();
        }
    }

    @Misconception(
            believed = "The session's time zone is India, so a window of a day is a day in India.",
            really =
                    "Windows are counted from 1970-01-01 00:00 UTC. The session's time zone matters where times become text"
                            + " or dates, and not here: a window of a day begins at midnight UTC, which is half past five in the"
                            + " morning in India, unless its start is moved.",
            concept = "Time zones")
    public static class TakesADayForTheSessions extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return payments.withWatermark("time", secondsBehind(record) + " seconds")
                    .groupBy(window(col("time"), "1 day"))
                    .agg(sum("amount").as("revenue"))
                    .select(col("window.start").as("day"), col("revenue"));
        }
    }

    @Misconception(
            believed = "How late a payment is: when it arrived, less when it was made.",
            really =
                    "That is how long it was on its way. The watermark follows the newest event time and knows no clock:"
                            + " if all payments are on their way for an hour, none is behind another. Waiting for the clock's"
                            + " hour as well makes every result later, and keeps the state longer, for nothing.",
            concept = "Watermarks")
    public static class MeasuresByTheClock extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return waiting(
                    payments, record, unix_timestamp(col("arrived")).minus(unix_timestamp(col("time"))), "max(behind)");
        }
    }

    @Misconception(
            believed = "A payment is out of order if it is older than the one that came just before it.",
            really = "The watermark remembers the newest payment of all, not the last. Three that come one after the"
                    + " other, each ten minutes older than the one before, are thirty minutes behind in the end.",
            concept = "Watermarks")
    public static class ComparesWithTheOneBefore extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            Column before = lag("time", 1).over(Window.orderBy("arrived"));
            return waiting(payments, record, unix_timestamp(before).minus(unix_timestamp(col("time"))), "max(behind)");
        }
    }

    @Misconception(
            believed = "The latest of all is an exception; ninety-nine in a hundred is what a bound has to cover.",
            really = "Then one in a hundred may be lost, and not just any: one of a shop with a poor network."
                    + " A share is a bargain that somebody has to want. Here every payment is to count, and the"
                    + " bound is the maximum.",
            concept = "Late rows")
    public static class CoversNinetyNineInAHundred extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return waiting(payments, record, behind(), "percentile(behind, 0.99)");
        }
    }

    @Misconception(
            believed = "A payment is lost only when its day is over, so I measure from the end of its day.",
            really = "Of these payments none would have been lost, true. But when in its day a payment comes late is"
                    + " chance: the next one is as far behind, and was made a second before midnight.",
            concept = "Late rows")
    public static class MeasuresFromTheEndOfTheDay extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            Column end = expr("date_trunc('DAY', time) + INTERVAL 1 DAY");
            return waiting(payments, record, unix_timestamp(newest()).minus(unix_timestamp(end)), "max(behind)");
        }
    }

    @Misconception(
            believed = "A bound of nothing would drop whatever is not the newest; a minute it has to be.",
            really =
                    "With a bound of nothing the watermark stands at the newest payment, and what is lost is what comes for"
                            + " a day that it has closed. Where no payment of the record was behind, that is none, and the minute"
                            + " is waited for nothing.",
            concept = "Watermarks")
    public static class WaitsAMinuteAtLeast extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return waiting(payments, record, behind(), "greatest(60, max(behind))");
        }
    }

    /** Waits for what these seconds come to, and never for less than nothing. */
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
