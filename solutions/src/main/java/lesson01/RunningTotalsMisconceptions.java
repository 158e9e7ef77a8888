package lesson01;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Misconception;

/** Wrong answers to {@link RunningTotals} that people really give. */
public final class RunningTotalsMisconceptions {

    private RunningTotalsMisconceptions() {}

    @Misconception(
            believed = "A stream never ends, so it can only be aggregated over windows of time.",
            really = "Without a window the group is simply the customer, and its total runs on for as long as the"
                    + " query does. With one, each customer starts again from zero every hour.",
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
                    .agg(count(lit(1)).as("payments"), sum(col("amount").cast("double")).as("total"));
        }
    }
}
