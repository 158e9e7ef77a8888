package lesson01;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link LargePayments} that people really give. */
public final class LargePaymentsMisconceptions {

    private LargePaymentsMisconceptions() {}

    @Misconception(
            believed = "100 or more is > 100.",
            really = "A payment of exactly 100.00 is 100 or more, and round prices are common: use >=. A "
                    + "test at the limit, and one cent to each side of it, detects this.",
            concept = "Half-open intervals")
    public static class LeavesOutTheLimit extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return chosen(payments, col("amount").gt(100).or(col("amount").isNull()));
        }
    }

    @Misconception(
            believed = "A condition is true or false: an amount is 100 or more, or it is less.",
            really = "There is a third result. A comparison of null with 100 is unknown, and a filter keeps "
                    + "only rows for which its condition is true: payments without an amount are dropped "
                    + "without an error. Negating the condition does not help: not(unknown) is unknown, too.",
            concept = "Nulls")
    public static class TakesAConditionForTrueOrFalse extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return chosen(payments, not(col("amount").lt(100)));
        }
    }

    @Misconception(
            believed = "A null has to be replaced before it is compared.",
            really = "Test for it with isNull(). A payment with a replaced null passes the filter, but with "
                    + "an amount that nobody paid, and a reader cannot tell the difference.",
            concept = "Nulls")
    public static class MakesUpAnAmount extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments.withColumn("amount", coalesce(col("amount"), lit(100))));
        }
    }

    @Misconception(
            believed = "It does not matter whether I compare the amounts or their text.",
            really = "Strings are compared character by character, from the left: \"20.00\" is greater than "
                    + "\"100\" because 2 is greater than 1. Compare numbers with numbers.",
            concept = "Schemas")
    public static class ComparesTexts extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return chosen(
                    payments,
                    col("amount").cast("string").geq("100").or(col("amount").isNull()));
        }
    }

    @Misconception(
            believed = "An amount is a size: minus 150.00 is large, too.",
            really = "The sign has a meaning. Minus 150.00 was paid back and is less than 100.00; abs() makes it a "
                    + "payment that nobody made.",
            concept = "Malformed records")
    public static class ComparesTheAbsoluteAmount extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return chosen(payments, abs(col("amount")).geq(100).or(col("amount").isNull()));
        }
    }

    @Misconception(
            believed = "Somebody reviews these payments, so the largest should come first.",
            really = "Sorting needs all rows, and a stream never has all of them: Spark sorts only in "
                    + "complete mode, after an aggregation. Sort the rows where they are displayed.",
            concept = "Sorting")
    public static class SortsTheStream extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments).orderBy(col("amount").desc());
        }
    }

    @Misconception(
            believed = "Grouping by the id makes sure that each payment is emitted once.",
            really = "It turns a filter into an aggregation. A group is final when no row of it can arrive "
                    + "any more, which Spark cannot know here, so it rejects append mode. A filter emits each "
                    + "row once.",
            concept = "Output modes")
    public static class GroupsByTheId extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments)
                    .groupBy("id", "customer")
                    .agg(max("amount").as("amount"));
        }
    }

    @Misconception(
            believed = "Dropping duplicates does no harm.",
            really = "To detect a repeated id, Spark has to keep every id for as long as the query exists: "
                    + "state that only grows, and survives a restart. The task asks for none.",
            concept = "State")
    public static class RemembersEveryId extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments).dropDuplicates("id");
        }
    }

    @Misconception(
            believed = "limit(5) takes five rows of each batch.",
            really = "It takes five rows of the stream. Spark counts them in its state, and after the fifth "
                    + "nothing is emitted any more: not in the next batch, not after a restart.",
            concept = "State")
    public static class LimitsTheStream extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments).limit(5);
        }
    }

    @Misconception(
            believed = "First I fetch the rows, then I select the large ones.",
            really = "There is nothing to fetch yet: a stream's rows arrive when the query runs, batch by "
                    + "batch, and the caller starts it. The method only describes the query.",
            concept = "Lazy evaluation")
    public static class FetchesTheRowsFirst extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments.sparkSession().createDataFrame(payments.collectAsList(), payments.schema()));
        }
    }

    private static Dataset<Row> chosen(Dataset<Row> payments, Column which) {
        return payments.where(which).select("id", "customer", "amount");
    }
}
