package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link CustomerSpend} that people really give. */
public final class CustomerSpendMisconceptions {

    private static final WindowSpec OF_THE_CUSTOMER = Window.partitionBy("customer");
    private static final WindowSpec IN_ORDER = OF_THE_CUSTOMER.orderBy("time", "id");
    private static final Column NTH = row_number().over(IN_ORDER);
    private static final Column SPENT = sum("amount").over(IN_ORDER);

    private CustomerSpendMisconceptions() {}

    @Misconception(
            believed = "For each customer means GROUP BY customer.",
            really =
                    "That makes one row of each customer's payments: the last total, and nothing of the way there. A window"
                            + " function keeps the rows.",
            concept = "Window functions")
    public static class GroupsByCustomer extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withCustomer(payments)
                    .groupBy("customer")
                    .agg(
                            max("id").as("id"),
                            count(lit(1)).as("nth"),
                            sum("amount").as("spent"));
        }
    }

    @Misconception(
            believed = "Ordered by customer and time, the window knows where a customer begins.",
            really =
                    "An order is no border. Without PARTITION BY all payments are one partition, the totals run on from"
                            + " customer to customer, and a single task has to do the work.",
            concept = "Window functions")
    public static class ForgetsThePartition extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec all = Window.orderBy("customer", "time", "id");
            return told(
                    withCustomer(payments),
                    row_number().over(all),
                    sum("amount").over(all));
        }
    }

    @Misconception(
            believed = "The order matters to row_number; a sum is a sum.",
            really =
                    "With an order, the frame ends at the current row; without one it is the whole partition. Every payment gets"
                            + " the customer's final total.",
            concept = "Window functions")
    public static class SumsWithoutAnOrder extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return told(withCustomer(payments), NTH, sum("amount").over(OF_THE_CUSTOMER));
        }
    }

    @Misconception(
            believed = "Ids count up, so their order is the order of the times.",
            really =
                    "Ids count up as payments are recorded. A terminal that was offline sends what it has hours later, with a"
                            + " new id and the old time.",
            concept = "Event time")
    public static class OrdersByTheId extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec recorded = OF_THE_CUSTOMER.orderBy("id");
            return told(
                    withCustomer(payments),
                    row_number().over(recorded),
                    sum("amount").over(recorded));
        }
    }

    @Misconception(
            believed = "A running total ends with the current row.",
            really =
                    "The frame that SQL assumes is RANGE, not ROWS: it ends with the last row that is equal in order. Two"
                            + " payments of the same time both get the sum of both.",
            concept = "Window functions")
    public static class LeavesTheFrameToSql extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return told(withCustomer(payments), NTH, sum("amount").over(OF_THE_CUSTOMER.orderBy("time")));
        }
    }

    @Misconception(
            believed = "In the order of their times means ORDER BY time.",
            really =
                    "Times may be equal. Which of two such payments is the first is then left to chance, and the sum, whose"
                            + " frame takes in all that are equal, is the same for both. An order without ties needs the id as well.",
            concept = "Window functions")
    public static class OrdersByTheTimeAlone extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec byTime = OF_THE_CUSTOMER.orderBy("time");
            return told(
                    withCustomer(payments),
                    row_number().over(byTime),
                    sum("amount").over(byTime));
        }
    }

    @Misconception(
            believed = "rank numbers the rows.",
            really =
                    "It gives equal rows the same number and then leaves a gap: 1, 1, 3. dense_rank gives 1, 1, 2. Only"
                            + " row_number counts rows.",
            concept = "Window functions")
    public static class TakesTheRankForTheNumber extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return told(withCustomer(payments), rank().over(OF_THE_CUSTOMER.orderBy("time")), SPENT);
        }
    }

    @Misconception(
            believed = "With ROWS and row_number, ties are settled.",
            really =
                    "They are settled by chance: by the order in which the rows happened to lie. It may be another one after"
                            + " the next shuffle, and then payments have changed their numbers.",
            concept = "Sorting")
    public static class LeavesTiesToChance extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec byTime = OF_THE_CUSTOMER.orderBy("time");
            return told(
                    withCustomer(payments),
                    row_number().over(byTime),
                    sum("amount").over(byTime.rowsBetween(Window.unboundedPreceding(), Window.currentRow())));
        }
    }

    @Misconception(
            believed = "Null equals nothing, so rows without a customer belong to no partition.",
            really =
                    "In a join and in a comparison null equals nothing; in PARTITION BY and GROUP BY all nulls are one group."
                            + " Whoever pays cash becomes one very good customer.",
            concept = "Nulls")
    public static class TakesCashForACustomer extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return told(payments, NTH, SPENT);
        }
    }

    private static Dataset<Row> withCustomer(Dataset<Row> payments) {
        return payments.where(col("customer").isNotNull());
    }

    private static Dataset<Row> told(Dataset<Row> payments, Column nth, Column spent) {
        return payments.select(col("id"), col("customer"), nth.as("nth"), spent.as("spent"));
    }
}
