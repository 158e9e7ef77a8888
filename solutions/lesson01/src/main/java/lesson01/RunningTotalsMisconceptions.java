package lesson01;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.math.BigDecimal;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.api.java.function.MapGroupsWithStateFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructType;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link RunningTotals} that people really give. */
public final class RunningTotalsMisconceptions {

    private static final StructType TOTALS = StructType.fromDDL("customer INT, payments BIGINT, total DECIMAL(20,2)");

    private RunningTotalsMisconceptions() {}

    @Misconception(
            believed = "A stream never ends, so it can only be aggregated over windows of time.",
            really = "Without a window the group is simply the customer, and its total continues as long as "
                    + "the query runs. With one, each customer starts again from zero every hour.",
            concept = "State")
    public static class StartsAgainEveryHour extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.groupBy(window(col("time"), "1 hour"), col("customer"))
                    .agg(count(lit(1)).as("payments"), sum("amount").as("total"))
                    .drop("window");
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "0.1 + 0.2 is 0.30000000000000004 in binary fractions. Payments carry decimals, whose sums are"
                    + " exact and do not depend on the order in which rows arrive.",
            concept = "Money")
    public static class AddsUpDoubles extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.groupBy("customer")
                    .agg(
                            count(lit(1)).as("payments"),
                            sum(col("amount").cast("double")).as("total"));
        }
    }

    @Misconception(
            believed = "The sum of amounts has the type of an amount: DECIMAL(10,2).",
            really = "Two amounts of 99,999,999.99 do not fit it. Spark's sum has ten more digits for this reason;"
                    + " a cast takes them away, and fails at the first total that needs one.",
            concept = "Money")
    public static class CastsTheTotalToAnAmount extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return super.totals(payments).withColumn("total", col("total").cast("decimal(10,2)"));
        }
    }

    @Misconception(
            believed = "Streams cannot count distinct ids, so approx_count_distinct(id) counts the payments.",
            really = "It estimates, within five percent, and skips a payment that arrives a second time. The number"
                    + " of rows is count(1), which is exact and keeps one number per customer.",
            concept = "Aggregation")
    public static class EstimatesTheCount extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.groupBy("customer")
                    .agg(
                            approx_count_distinct("id").as("payments"),
                            sum("amount").as("total"));
        }
    }

    @Misconception(
            believed = "A running total needs SQL's window functions: sum(…) OVER (PARTITION BY …).",
            really = "Such a sum needs all rows of a customer in order, and a stream never has all rows. "
                    + "Spark rejects it: on streams only time windows are supported. A streaming aggregation "
                    + "is a running total already.",
            concept = "Window functions")
    public static class RunsAWindowFunction extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            WindowSpec soFar = Window.partitionBy("customer").orderBy("time");
            return payments.select(
                    col("customer"),
                    count(lit(1)).over(soFar).as("payments"),
                    sum("amount").over(soFar).as("total"));
        }
    }

    @Misconception(
            believed = "A list of totals is better read in order.",
            really = "Sorting needs the whole result, and only complete mode has it: in update mode Spark "
                    + "rejects a sort. Sort the rows where they are displayed.",
            concept = "Sorting")
    public static class SortsTheTotals extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return super.totals(payments).orderBy("customer");
        }
    }

    @Misconception(
            believed = "Collect each customer's amounts in a set, then count it and add it up.",
            really = "A set contains a value once: two payments of 2.50 count as one. Spark also has to keep "
                    + "every amount forever, where a count and a sum are two numbers.",
            concept = "State")
    public static class CollectsTheAmountsInASet extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return payments.groupBy("customer")
                    .agg(collect_set("amount").as("amounts"))
                    .selectExpr(
                            "customer",
                            "size(amounts) AS payments",
                            "aggregate(amounts, CAST(0 AS DECIMAL(20,2)), (a, b) -> CAST(a + b AS DECIMAL(20,2)))"
                                    + " AS total");
        }
    }

    @Misconception(
            believed = "mapGroups gets all payments of a customer.",
            really = "On a stream it gets those of the batch: mapGroups keeps no state, and each batch "
                    + "starts from zero. The aggregations of groupBy(…).agg(…) keep state.",
            concept = "State")
    public static class ForgetsTheBatchesBefore extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return byCustomer(payments)
                    .mapGroups(
                            (MapGroupsFunction<Integer, Row, Row>) (customer, rows) -> added(nothing(customer), rows),
                            Encoders.row(TOTALS));
        }
    }

    @Misconception(
            believed = "I have to keep the totals from batch to batch myself.",
            really = "Spark keeps the state of an aggregation and can emit all of it. It cannot look into "
                    + "state that you keep with mapGroupsWithState, so complete mode is rejected.",
            concept = "State")
    public static class KeepsTheStateByHand extends RunningTotals {
        @Override
        public Dataset<Row> totals(Dataset<Row> payments) {
            return byCustomer(payments)
                    .mapGroupsWithState(
                            (MapGroupsWithStateFunction<Integer, Row, Row, Row>) (customer, rows, state) -> {
                                state.update(added(state.exists() ? state.get() : nothing(customer), rows));
                                return state.get();
                            },
                            Encoders.row(TOTALS),
                            Encoders.row(TOTALS));
        }
    }

    private static KeyValueGroupedDataset<Integer, Row> byCustomer(Dataset<Row> payments) {
        return payments.groupByKey((MapFunction<Row, Integer>) payment -> payment.getAs("customer"), Encoders.INT());
    }

    private static Row nothing(int customer) {
        return RowFactory.create(customer, 0L, new BigDecimal("0.00"));
    }

    private static Row added(Row total, Iterator<Row> payments) {
        Row sum = total;
        while (payments.hasNext()) {
            BigDecimal amount = payments.next().getAs("amount");
            sum = RowFactory.create(
                    sum.getInt(0), sum.getLong(1) + 1, sum.getDecimal(2).add(amount));
        }
        return sum;
    }
}
