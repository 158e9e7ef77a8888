package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
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
    private static final Column SPENT = sum("amount").over(soFar(IN_ORDER));

    private CustomerSpendMisconceptions() {}

    @Misconception(
            believed = "For each customer means GROUP BY customer.",
            really = "GROUP BY returns one row for each customer, with the final total only. A window function "
                    + "keeps all rows.",
            concept = "Window functions")
    public static class GroupsByCustomer extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withCustomer(payments)
                    .groupBy("customer")
                    .agg(
                            max("id").as("id"),
                            count(lit(1)).cast("int").as("nth"),
                            sum("amount").as("spent"));
        }
    }

    @Misconception(
            believed = "With ORDER BY customer, time, the window starts again at each customer.",
            really = "An order does not separate customers. Without PARTITION BY all payments are one "
                    + "partition, the totals continue from customer to customer, and a single task does all the "
                    + "work.",
            concept = "Window functions")
    public static class OmitsThePartition extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec all = Window.orderBy("customer", "time", "id");
            return withResult(
                    withCustomer(payments),
                    row_number().over(all),
                    sum("amount").over(all));
        }
    }

    @Misconception(
            believed = "The order matters for row_number, but not for a sum.",
            really = "With an order, the default frame ends at the current row. Without one it is the whole "
                    + "partition, so every payment gets the final total of its customer.",
            concept = "Window functions")
    public static class SumsWithoutAnOrder extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withResult(withCustomer(payments), NTH, sum("amount").over(OF_THE_CUSTOMER));
        }
    }

    @Misconception(
            believed = "Ids increase, so their order is the order of the times.",
            really = "Ids increase as payments are recorded. A terminal that was offline sends its payments "
                    + "hours later, with new ids and old times.",
            concept = "Event time")
    public static class OrdersById extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec recorded = OF_THE_CUSTOMER.orderBy("id");
            return withResult(
                    withCustomer(payments),
                    row_number().over(recorded),
                    sum("amount").over(recorded));
        }
    }

    @Misconception(
            believed = "A running total ends at the current row.",
            really = "The default frame is RANGE, not ROWS: it ends at the last row that is equal in order. "
                    + "Two payments of the same time both get the sum of both.",
            concept = "Window functions")
    public static class UsesTheDefaultFrame extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withResult(withCustomer(payments), NTH, sum("amount").over(OF_THE_CUSTOMER.orderBy("time")));
        }
    }

    @Misconception(
            believed = "In the order of their times means ORDER BY time.",
            really = "Two payments may have the same time. Their numbers are then random, and both get the sum "
                    + "of both, because the default frame includes all rows that are equal in order. A unique "
                    + "order needs the id as well.",
            concept = "Window functions")
    public static class OrdersByTimeOnly extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec byTime = OF_THE_CUSTOMER.orderBy("time");
            return withResult(
                    withCustomer(payments),
                    row_number().over(byTime),
                    sum("amount").over(byTime));
        }
    }

    @Misconception(
            believed = "rank numbers the rows.",
            really = "It gives equal rows the same number and then leaves a gap: 1, 1, 3. dense_rank gives 1, "
                    + "1, 2. Only row_number numbers the rows.",
            concept = "Window functions")
    public static class UsesRank extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withResult(withCustomer(payments), rank().over(OF_THE_CUSTOMER.orderBy("time")), SPENT);
        }
    }

    @Misconception(
            believed = "With ROWS and row_number, the order of ties is defined.",
            really = "ROWS and row_number process ties in the order in which the rows happen to be. After "
                    + "another shuffle that order may differ, and the payments get other numbers.",
            concept = "Sorting")
    public static class UsesRowsWithoutTheId extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec byTime = OF_THE_CUSTOMER.orderBy("time");
            return withResult(
                    withCustomer(payments),
                    row_number().over(byTime),
                    sum("amount").over(byTime.rowsBetween(Window.unboundedPreceding(), Window.currentRow())));
        }
    }

    @Misconception(
            believed = "Null equals nothing, so rows without a customer belong to no partition.",
            really = "Null equals nothing in a join and in a comparison. In PARTITION BY and GROUP BY all "
                    + "nulls form one group, so all cash payments look like one customer.",
            concept = "Nulls")
    public static class KeepsNullCustomers extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withResult(payments, NTH, SPENT);
        }
    }

    @Misconception(
            believed = "Any whole number will do: count gives one.",
            really = "count is a bigint, row_number an int. A table or a topic with a fixed schema refuses the other "
                    + "type, or a reader fails to cast it. Cast to the type that is asked for.",
            concept = "Schemas")
    public static class NumbersWithABigint extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withResult(
                    withCustomer(payments),
                    count(lit(1)).over(soFar(IN_ORDER)),
                    sum("amount").over(soFar(IN_ORDER)));
        }
    }

    @Misconception(
            believed = "Times are seconds.",
            really = "A timestamp has microseconds. Cut to seconds, payments of the same second are in the order of "
                    + "their ids, and a late id comes after an early one whatever the times.",
            concept = "Event time")
    public static class OrdersByWholeSeconds extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec bySecond = OF_THE_CUSTOMER.orderBy(date_trunc("second", col("time")), col("id"));
            return withResult(
                    withCustomer(payments),
                    row_number().over(bySecond),
                    sum("amount").over(soFar(bySecond)));
        }
    }

    @Misconception(
            believed = "A sum of amounts has the type of an amount.",
            really =
                    "It needs more digits: the sum of decimal(10,2) is decimal(20,2). Cast back to decimal(10,2), a sum "
                            + "of a hundred million fails, or is null if ANSI mode is off.",
            concept = "Money")
    public static class CastsTheSumToTheAmount extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return withResult(withCustomer(payments), NTH, SPENT.cast("decimal(10,2)"));
        }
    }

    /** All rows up to the current one, without those that are equal to it in order. */
    private static WindowSpec soFar(WindowSpec order) {
        return order.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    }

    private static Dataset<Row> withCustomer(Dataset<Row> payments) {
        return payments.where(col("customer").isNotNull());
    }

    private static Dataset<Row> withResult(Dataset<Row> payments, Column nth, Column spent) {
        return payments.select(col("id"), col("customer"), nth.as("nth"), spent.as("spent"));
    }
}
