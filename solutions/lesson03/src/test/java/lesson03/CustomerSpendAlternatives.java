package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Other right answers, and a wrong one that works only for the fixed payments of the checkpoint. */
class CustomerSpendAlternatives {

    /** A unique order needs no frame, and a count up to the current row is its number. */
    public static class InJava extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            WindowSpec soFar = Window.partitionBy("customer").orderBy(col("time"), col("id"));
            return payments.withColumn("spent", sum("amount").over(soFar))
                    .withColumn("nth", count("id").over(soFar).cast("int"))
                    .drop("time", "terminal", "amount")
                    .na()
                    .drop();
        }
    }

    /** Joins each payment with all payments up to it: right, but slow for a customer with many payments. */
    public static class ByASelfJoin extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            Dataset<Row> now = payments.select("id", "customer", "time").as("now");
            Dataset<Row> before = payments.as("before");
            Column isUpToNow = col("before.customer")
                    .equalTo(col("now.customer"))
                    .and(col("before.time")
                            .lt(col("now.time"))
                            .or(col("before.time")
                                    .equalTo(col("now.time"))
                                    .and(col("before.id").leq(col("now.id")))));
            return now.join(before, isUpToNow)
                    .groupBy(col("now.id").as("id"), col("now.customer").as("customer"))
                    .agg(
                            sum("before.amount").as("spent"),
                            count("before.id").cast("int").as("nth"));
        }
    }

    public static class Learnt extends CustomerSpend {
        @Override
        public Dataset<Row> spend(Dataset<Row> payments) {
            return super.spend(payments.where(col("id").lt(100)));
        }
    }
}
