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
            really =
                    "It finds the busiest of those that begin at a full hour. Tumbling windows cut a rush from 9:20 to 10:10"
                            + " in two, and neither half looks busy.",
            concept = "Windows")
    public static class CountsFullHours extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "1 hour"), ROWS));
        }
    }

    @Misconception(
            believed = "An hour is named by its end, which is when its count is known.",
            really =
                    "Both are in the window. Whoever reads 09:15 takes it for the hour that begins then, as asked: nobody calls"
                            + " the time between nine and ten ten.",
            concept = "Windows")
    public static class NamesTheHourByItsEnd extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return super.busiest(payments).withColumn("hour", expr("hour + INTERVAL 1 HOUR"));
        }
    }

    @Misconception(
            believed = "A new window each fifteen minutes is a window of fifteen minutes.",
            really =
                    "How often windows begin and how long they last are two things. These begin when they should, and each"
                            + " ends as the next begins: a payment lies in one, not in four.",
            concept = "Windows")
    public static class CountsQuarters extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "15 minutes"), ROWS));
        }
    }

    @Misconception(
            believed = "window() takes the slide first, then the length.",
            really =
                    "It takes the length first. A window of a quarter that begins each hour would leave gaps, and Spark"
                            + " refuses it: a slide must not be longer than its window.",
            concept = "Windows")
    public static class SwapsLengthAndSlide extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "15 minutes", "1 hour"), ROWS));
        }
    }

    @Misconception(
            believed = "The fourth argument of window() makes it begin each quarter.",
            really = "It moves all windows by that much, from the full hour to a quarter past. They still follow one"
                    + " another without overlap: it is a start time, not a slide.",
            concept = "Windows")
    public static class ShiftsByAQuarter extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, window(col("time"), "1 hour", "1 hour", "15 minutes"), ROWS));
        }
    }

    @Misconception(
            believed = "An hour ends with its last payment, so a payment on its end still belongs to it.",
            really =
                    "A window's end is no part of it: it is where another one begins. Who moves the times by a moment to"
                            + " have the end included loses the beginning, and counts the payment of 10:00 in the hour from"
                            + " nine.",
            concept = "Windows")
    public static class IncludesTheEnd extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return super.busiest(payments.withColumn("time", col("time").minus(expr("INTERVAL 1 MILLISECOND"))));
        }
    }

    @Misconception(
            believed = "count of a column counts the rows.",
            really =
                    "It counts those in which the column is not null. Whoever paid cash has no customer, and an hour of cash"
                            + " payments comes out with a zero. count(*), or count(lit(1)), counts rows.",
            concept = "Nulls")
    public static class CountsCustomersThatAreThere extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, SLIDING, count("customer")));
        }
    }

    @Misconception(
            believed = "Distinct ids are safer: a payment might come twice.",
            really = "To count distinct values exactly, Spark would have to keep every id of every hour; on a stream it"
                    + " refuses. What comes twice is for dropDuplicates, and here nothing does.",
            concept = "Aggregation")
    public static class CountsDistinctIds extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return threeBusiest(counted(payments, SLIDING, countDistinct("id")));
        }
    }

    @Misconception(
            believed = "limit(3) on what is grouped by time takes the three that matter; sorting is for display.",
            really =
                    "limit takes whatever comes first, and sorting what is left finds the busiest of three at random. Sort"
                            + " first, then limit.",
            concept = "Sorting")
    public static class LimitsBeforeItSorts extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return counted(payments, SLIDING, ROWS)
                    .orderBy("hour")
                    .limit(3)
                    .orderBy(col("payments").desc(), col("hour"));
        }
    }

    @Misconception(
            believed = "Sorted by the count is sorted.",
            really =
                    "Which of two equal rows comes first is then left to chance: to the order in which the state happened to"
                            + " be read. With limit(3) chance even decides which rows there are.",
            concept = "Sorting")
    public static class LeavesTiesToChance extends BusiestHours {
        @Override
        public Dataset<Row> busiest(Dataset<Row> payments) {
            return counted(payments, SLIDING, ROWS)
                    .orderBy(col("payments").desc())
                    .limit(3);
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
