package lesson03;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ShoppingSessions} that people really give. */
public final class ShoppingSessionsMisconceptions {

    private static final Column SPENT = coalesce(sum("spent"), lit(0));

    private ShoppingSessionsMisconceptions() {}

    @Misconception(
            believed = "A window of thirty minutes holds the clicks that are at most thirty minutes apart.",
            really =
                    "It begins at the full or the half hour and ends thirty minutes later, whoever is in the shop. A visit"
                            + " across the half hour is cut in two, and two visits within one are taken for one.",
            concept = "Sessions")
    public static class CutsByTheHalfHour extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, window(col("time"), "30 minutes"), SPENT).drop("window");
        }
    }

    @Misconception(
            believed = "A session window finds out by itself who belongs together.",
            really =
                    "It knows times and nothing else. Without the customer beside it all of them share a session for as long"
                            + " as anybody clicks; on a stream Spark does not even allow it.",
            concept = "Sessions")
    public static class ForgetsTheCustomer extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return clicks.groupBy(session_window(col("time"), "30 minutes"))
                    .agg(
                            min("customer").as("customer"),
                            min("time").as("start"),
                            max("time").as("end"),
                            count(lit(1)).as("clicks"),
                            SPENT.as("spent"))
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "A session window ends with the last click.",
            really =
                    "It ends thirty minutes later: that is how long another click could have joined. Every visit looks half an"
                            + " hour longer than it was.",
            concept = "Sessions")
    public static class EndsWithTheGap extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "30 minutes").as("session"), SPENT)
                    .withColumn("end", col("session.end"))
                    .drop("session");
        }
    }

    @Misconception(
            believed = "Only clicks with a purchase have something to add up.",
            really =
                    "The others hold the session together. Without the look in between, two purchases lie forty minutes apart,"
                            + " and one visit has become two; who bought nothing was never there.",
            concept = "Sessions")
    public static class TakesPurchasesOnly extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return super.sessions(clicks.where(col("spent").isNotNull()));
        }
    }

    @Misconception(
            believed = "Every row is a click, and count counts rows: any column will do.",
            really =
                    "count of a column counts the rows in which it is not null. Who only looked has spent null, and is not"
                            + " counted. count(*), or of a literal, counts rows.",
            concept = "Nulls")
    public static class CountsWhatWasSpent extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return clicks.groupBy(col("customer"), session_window(col("time"), "30 minutes"))
                    .agg(
                            min("time").as("start"),
                            max("time").as("end"),
                            count("spent").as("clicks"),
                            SPENT.as("spent"))
                    .drop("session_window");
        }
    }

    @Misconception(
            believed =
                    "A window does not include its end, so for clicks exactly thirty minutes apart it has to be a second"
                            + " longer.",
            really =
                    "Sessions that touch are one: a click in the very moment at which another's thirty minutes are over still"
                            + " joins it. With a second more, so does one that comes a second after that.",
            concept = "Sessions")
    public static class AddsASecondToTheGap extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "30 minutes 1 second"), SPENT)
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "Clicks come up to ten minutes late, so the gap has to be forty.",
            really =
                    "How late a click comes is the watermark's matter. The gap lies between the times at which people"
                            + " clicked, however long the news of it was on its way; with forty minutes, two visits become one.",
            concept = "Watermarks")
    public static class AddsTheWatermarkToTheGap extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "40 minutes"), SPENT)
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "The sum of nothing is zero.",
            really =
                    "sum leaves nulls out, and where nothing is left it is null, not zero. Every further sum, comparison and"
                            + " average sees the difference.",
            concept = "Nulls")
    public static class TakesTheSumOfNothingForZero extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "30 minutes"), sum("spent"))
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "The watermark has to cover the gap: thirty minutes.",
            really =
                    "The gap is in the session's window already, and Spark waits until the watermark has reached that window's"
                            + " end. A second watermark on a stream that has one is refused anyway.",
            concept = "Watermarks")
    public static class SetsAnotherWatermark extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return super.sessions(clicks.withWatermark("time", "30 minutes"));
        }
    }

    @Misconception(
            believed = "Whoever's last click is ten minutes behind has left: ten minutes are what the watermark says.",
            really =
                    "The watermark says how late a click may come, the gap how long a customer may pause. With a gap of"
                            + " twenty minutes sessions break apart that are one, and come too early.",
            concept = "Sessions")
    public static class SubtractsTheWatermarkFromTheGap extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "20 minutes"), SPENT)
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "Dropping duplicates first can do no harm.",
            really =
                    "Every step with a state drops what is too late for it, and dropping duplicates looks at a click's time,"
                            + " not at its session. The click that would have made one session of two is older than the watermark,"
                            + " and gone.",
            concept = "Late rows")
    public static class DropsDuplicatesFirst extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return super.sessions(clicks.dropDuplicates());
        }
    }

    @Misconception(
            believed = "A session begins where the click before, by lag, is too long ago.",
            really =
                    "In a table this is the way. On a stream the click before may still be to come: lag is not allowed there."
                            + " And a session's number is no window of time, so to Spark no group is ever final.",
            concept = "Sessions")
    public static class LooksBackWithLag extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            WindowSpec inOrder = Window.partitionBy("customer").orderBy("time");
            Column isFirst = coalesce(
                    lag("time", 1).over(inOrder).lt(col("time").minus(expr("INTERVAL 30 MINUTES"))), lit(true));
            Dataset<Row> numbered = clicks.withColumn("first", isFirst.cast("int"))
                    .withColumn("session", sum("first").over(inOrder));
            return summedUp(numbered, col("session"), SPENT).drop("session");
        }
    }

    private static Dataset<Row> summedUp(Dataset<Row> clicks, Column session, Column spent) {
        return clicks.groupBy(col("customer"), session)
                .agg(
                        min("time").as("start"),
                        max("time").as("end"),
                        count(lit(1)).as("clicks"),
                        spent.as("spent"));
    }
}
