package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Other right answers, and a wrong one that works only for the fixed payments of the checkpoint. */
class CustomerSpendAlternatives {

    /** A count up to the current row is its number. */
    public static class InJava extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec soFar = Window.partitionBy("customer")
                    .orderBy(col("time"), col("id"))
                    .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
            return payments.withColumn("spent", sum("amount").over(soFar))
                    .withColumn("nth", count("id").over(soFar).cast("int"))
                    .drop("time", "terminal", "amount")
                    .na()
                    .drop();
        }
    }

    /** Adds up the beginnings of a sorted array: right, but slow for a customer with many payments. */
    public static class InAnArray extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return payments.where("customer IS NOT NULL")
                    .groupBy("customer")
                    .agg(expr("sort_array(collect_list(struct(time, id, amount))) AS paid"))
                    .selectExpr("customer", "paid", "posexplode(paid) AS (before, payment)")
                    .selectExpr("payment.id", "customer", "before + 1 AS nth", """
                            aggregate(slice(paid, 1, before + 1), CAST(0 AS DECIMAL(20,2)),
                                      (sum, one) -> CAST(sum + one.amount AS DECIMAL(20,2))) AS spent""");
        }
    }

    public static class Learnt extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return super.spend(payments.where(col("id").lt(100)));
        }
    }
}
