package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link BusiestHours} that people really give. */
public final class BusiestHoursMisconceptions {

    private static final Column SLIDING = window(col("time"), "1 hour", "15 minutes");
    private static final Column ROWS = count(lit(1));

    private BusiestHoursMisconceptions() {}

    @Misconception(
            believed = "A window of an hour finds the busiest hour.",
            really = "It finds the busiest of the hours that begin at a full hour. Tumbling windows split a "
                    + "rush from 9:20 to 10:10 in two, and neither part looks busy.",
            concept = "Windows")
    public static class CountsFullHours extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "1 hour"), ROWS));
        }
    }

    @Misconception(
            believed = "An hour is named by its end, when its count is known.",
            really = "The window has both start and end. The task asks for the start: the hour from 9:00 to "
                    + "10:00 is named 9:00, not 10:00.",
            concept = "Windows")
    public static class NamesTheHourByItsEnd extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return super.busiest(payments).withColumn("hour", expr("hour + INTERVAL 1 HOUR"));
        }
    }

    @Misconception(
            believed = "A new window every fifteen minutes is a window of fifteen minutes.",
            really = "The slide and the length are two things. These windows begin at the right times, but "
                    + "each ends when the next one begins, so a payment is in one window instead of four.",
            concept = "Windows")
    public static class CountsQuarters extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "15 minutes"), ROWS));
        }
    }

    @Misconception(
            believed = "window() takes the slide first, then the length.",
            really = "It takes the length first. A window of fifteen minutes that begins every hour would "
                    + "leave gaps. Spark refuses a slide that is longer than the window.",
            concept = "Windows")
    public static class SwapsLengthAndSlide extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "15 minutes", "1 hour"), ROWS));
        }
    }

    @Misconception(
            believed = "The fourth argument of window() makes a window begin every quarter.",
            really = "It is a start time, not a slide. It shifts all windows by a quarter of an hour. They "
                    + "still follow one another without overlap.",
            concept = "Windows")
    public static class ShiftsByAQuarter extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "1 hour", "1 hour", "15 minutes"), ROWS));
        }
    }

    @Misconception(
            believed = "An hour ends with its last payment, so a payment exactly at its end belongs to it.",
            really = "A window excludes its end, because the next window begins there. Shifting the times to "
                    + "include the end excludes the start instead, and counts the payment of 10:00 in the hour "
                    + "from 9:00.",
            concept = "Windows")
    public static class IncludesTheEnd extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return super.busiest(payments.withColumn("time", col("time").minus(expr("INTERVAL 1 MILLISECOND"))));
        }
    }

    @Misconception(
            believed = "count of a column counts the rows.",
            really = "It counts the rows in which the column is not null. Cash payments have no customer, so "
                    + "an hour of cash payments gets a zero. count(*), or count(lit(1)), counts rows.",
            concept = "Nulls")
    public static class CountsNonNullCustomers extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, SLIDING, count("customer")));
        }
    }

    @Misconception(
            believed = "Counting distinct ids is safer, because a payment might arrive twice.",
            really = "An exact distinct count would keep every id of every hour in state. Spark refuses it on "
                    + "a stream. Here every row counts; where it must not, use dropDuplicates.",
            concept = "Aggregation")
    public static class CountsDistinctIds extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, SLIDING, countDistinct("id")));
        }
    }

    @Misconception(
            believed =
                    "limit(3) on rows grouped by time keeps the three that matter; sorting is only for " + "display.",
            really = "limit keeps the first three rows in the current order, here the three earliest hours. "
                    + "Sort by the count first, then limit.",
            concept = "Sorting")
    public static class LimitsBeforeSorting extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return counted(payments, SLIDING, ROWS)
                    .orderBy("hour")
                    .limit(3)
                    .orderBy(col("payments").desc(), col("hour"));
        }
    }

    @Misconception(
            believed = "Sorting by the count is enough.",
            really = "The order of two rows with equal counts is then random: it depends on the order in which "
                    + "Spark reads the state. With limit(3), even the selected rows are random.",
            concept = "Sorting")
    public static class SortsByCountOnly extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return counted(payments, SLIDING, ROWS)
                    .orderBy(col("payments").desc())
                    .limit(3);
        }
    }

    @Misconception(
            believed = "The three busiest hours are a set; their order does not matter.",
            really = "limit keeps the right three rows, and the last sort decides their order. Sorted by the hour, the "
                    + "busiest is anywhere among them. Sort once, by the count and then by the hour.",
            concept = "Sorting")
    public static class SortsByTheHourAtTheEnd extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return super.busiest(payments).orderBy("hour");
        }
    }

    @Misconception(
            believed = "A row with a null is incomplete and does not count.",
            really = "na().drop() drops a row for a null in any column, also in one that the result does not need. "
                    + "A payment with a time is in four hours, whoever made it.",
            concept = "Nulls")
    public static class DropsIncompleteRows extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return super.busiest(payments.na().drop());
        }
    }

    private static Dataset<Row> counted(Dataset<Row> payments, Column window, Column count) {
        return payments.groupBy(window.as("hours"))
                .agg(count.as("payments"))
                .select(col("hours.start").as("hour"), col("payments"));
    }

    private static Dataset<Row> threeBusiest(Dataset<Row> counted) {
        return counted.orderBy(col("payments").desc(), col("hour")).limit(3);
    }
}
