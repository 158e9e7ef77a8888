package lesson03;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
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
            believed = "A window of thirty minutes contains the clicks that are at most thirty minutes apart.",
            really = "It begins at the full or half hour and ends thirty minutes later, whatever the clicks. A "
                    + "visit across the half hour is split in two, and two visits within a window become one.",
            concept = "Sessions")
    public static class UsesTumblingWindows extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, window(col("time"), "30 minutes"), SPENT).drop("window");
        }
    }

    @Misconception(
            believed = "A session window finds out which clicks belong together.",
            really = "It uses only their times. Without the customer as a key, all customers share one "
                    + "session. On a stream Spark refuses that.",
            concept = "Sessions")
    public static class OmitsTheCustomer extends ShoppingSessions {
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
            really = "It ends thirty minutes later, because another click could still join until then. Every "
                    + "visit looks half an hour too long.",
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
            believed = "Only clicks with a purchase matter for the sum.",
            really = "The other clicks hold the session together. Without the click in between, two purchases "
                    + "are forty minutes apart and one visit becomes two. A visit without a purchase is "
                    + "missing.",
            concept = "Sessions")
    public static class KeepsPurchasesOnly extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return super.sessions(clicks.where(col("spent").isNotNull()));
        }
    }

    @Misconception(
            believed = "Every row is a click, so count of any column counts the clicks.",
            really = "count of a column counts the rows in which it is not null. A click without a purchase "
                    + "has spent null and is not counted. count(*), or count of a literal, counts rows.",
            concept = "Nulls")
    public static class CountsPurchasesOnly extends ShoppingSessions {
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
            believed = "A window excludes its end, so the gap must be a second longer for clicks exactly thirty "
                    + "minutes apart.",
            really = "Session windows that touch are merged, so a click exactly thirty minutes later joins the "
                    + "session. With a gap of one second more, a click that is one second too late joins as "
                    + "well.",
            concept = "Sessions")
    public static class AddsASecondToTheGap extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "30 minutes 1 second"), SPENT)
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "Clicks arrive up to ten minutes late, so the gap must be forty minutes.",
            really = "The watermark covers how late a click arrives. The gap is the time between two clicks, "
                    + "however late they arrive. With forty minutes, two visits become one.",
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
            really = "sum ignores nulls, and without any value it is null, not zero. Every later sum, "
                    + "comparison and average is affected.",
            concept = "Nulls")
    public static class ReturnsNullWithoutAPurchase extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "30 minutes"), sum("spent"))
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "The watermark must cover the gap of thirty minutes.",
            really = "The session window already includes the gap, and Spark waits until the watermark reaches "
                    + "the end of the window. Spark also refuses a second watermark on a stream.",
            concept = "Watermarks")
    public static class SetsAnotherWatermark extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return super.sessions(clicks.withWatermark("time", "30 minutes"));
        }
    }

    @Misconception(
            believed = "The watermark already waits ten minutes, so a gap of twenty minutes is enough.",
            really = "The watermark defines how late a click may arrive, the gap how long a customer may "
                    + "pause. With a gap of twenty minutes, sessions are split and emitted too early.",
            concept = "Sessions")
    public static class SubtractsTheWatermarkFromTheGap extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return summedUp(clicks, session_window(col("time"), "20 minutes"), SPENT)
                    .drop("session_window");
        }
    }

    @Misconception(
            believed = "Dropping duplicates first does no harm.",
            really = "Every stateful operator drops rows that are too late for it. dropDuplicates compares the "
                    + "time of the click, not the end of its session, with the watermark. The late click that "
                    + "would merge two sessions is dropped.",
            concept = "Late rows")
    public static class DropsDuplicatesFirst extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return super.sessions(clicks.dropDuplicates());
        }
    }

    @Misconception(
            believed = "A session begins where lag shows that the previous click is too long ago.",
            really = "That works on a table. On a stream the previous click may still arrive, so Spark refuses "
                    + "lag. Also, a session number is no time window, so no group would ever be final.",
            concept = "Sessions")
    public static class UsesLag extends ShoppingSessions {
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

    @Misconception(
            believed = "first and last are the earliest and the latest click.",
            really =
                    "They are the first and the last row in the order in which Spark merges them, whatever their times. "
                            + "A late click is merged after the session that is in the state, and becomes its last. The "
                            + "earliest and the latest time are min and max.",
            concept = "Late rows")
    public static class TakesTheLastRow extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return clicks.groupBy(col("customer"), session_window(col("time"), "30 minutes"))
                    .agg(
                            first("time").as("start"),
                            last("time").as("end"),
                            count(lit(1)).as("clicks"),
                            SPENT.as("spent"))
                    .drop("session_window");
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
