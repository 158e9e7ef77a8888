package lesson01;

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
            really = "A payment of exactly 100.00 is 100 or more, and prices like to be round: >= it is. A test at"
                    + " the limit, and a cent to each side of it, finds such things.",
            concept = "Half-open intervals")
    public static class LeavesOutTheLimit extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return chosen(payments, col("amount").gt(100).or(col("amount").isNull()));
        }
    }

    @Misconception(
            believed = "A condition is true or false: an amount is 100 or more, or it is less.",
            really = "There is a third answer. Null compared with 100 is unknown, and a filter keeps only rows of which"
                    + " its condition is true: payments without an amount vanish, without a word. Turning the"
                    + " condition round does not bring them back: not(unknown) is unknown, too.",
            concept = "Nulls")
    public static class TakesAConditionForTrueOrFalse extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return chosen(payments, not(col("amount").lt(100)));
        }
    }

    @Misconception(
            believed = "A null has to be replaced before it is compared.",
            really = "It is asked for, with isNull(). Replaced, the payment passes the filter, but with an amount that"
                    + " nobody paid, and whoever looks at it cannot tell.",
            concept = "Nulls")
    public static class MakesUpAnAmount extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments.withColumn("amount", coalesce(col("amount"), lit(100))));
        }
    }

    @Misconception(
            believed = "It does not matter whether I compare the amounts or what is printed of them.",
            really = "Texts are compared letter by letter, from the left: \"20.00\" comes after \"100\" because 2 comes"
                    + " after 1. Compare numbers with numbers.",
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
            believed = "Somebody looks at these payments, so the largest should come first.",
            really = "Sorting needs all rows, and of a stream there never are all: Spark sorts only what complete mode"
                    + " puts out after an aggregation. Whoever shows the rows sorts them.",
            concept = "Sorting")
    public static class SortsTheStream extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments).orderBy(col("amount").desc());
        }
    }

    @Misconception(
            believed = "Grouping by the id makes sure that each payment comes out once.",
            really = "It makes an aggregation of a filter: a group is finished when no row of it can come any more, of"
                    + " which Spark knows nothing here, so it refuses append mode. A filter puts out each row once, as"
                    + " it is.",
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
            believed = "Dropping duplicates can do no harm.",
            really = "To know an id again, Spark has to remember every id it has seen, for as long as the query runs:"
                    + " state that only grows, and survives a restart. The task asks for none.",
            concept = "State")
    public static class RemembersEveryId extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments).dropDuplicates("id");
        }
    }

    @Misconception(
            believed = "limit(5) takes five rows of each batch.",
            really = "It takes five rows of the stream. Spark counts them in its state, and after the fifth nothing"
                    + " comes out any more: not in the next batch, not after a restart.",
            concept = "State")
    public static class LimitsTheStream extends LargePayments {
        @Override
        public Dataset<Row> large(Dataset<Row> payments) {
            return super.large(payments).limit(5);
        }
    }

    @Misconception(
            believed = "First I fetch the rows, then I pick out the large ones.",
            really = "There is nothing to fetch yet: a stream's rows come when the query runs, batch by batch, and it"
                    + " is the caller who starts it. The method only describes what is to be done with them.",
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
