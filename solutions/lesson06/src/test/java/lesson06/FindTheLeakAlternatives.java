package lesson06;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Other right answers, and one that handles only the payments of the checkpoint. */
class FindTheLeakAlternatives {

    /** Groups by payment first, then by terminal. */
    public static class InSql extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            payments.withWatermark("time", "30 minutes").createOrReplaceTempView("payments");
            return payments.sparkSession().sql("""
                    SELECT hours.start AS hour, terminal, SUM(amount) AS revenue
                    FROM (SELECT window(time, '1 hour') AS hours, terminal, id, MAX(amount) AS amount
                          FROM payments GROUP BY 1, 2, 3)
                    GROUP BY hours, terminal""");
        }
    }

    /** One operator, whose rows grow until they are emitted. */
    public static class AsASetOfPayments extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return payments.withWatermark("time", "30 minutes")
                    .groupBy(window(col("time"), "1 hour").as("hours"), col("terminal"))
                    .agg(collect_set(struct("id", "amount")).as("paid"))
                    .select(
                            aggregate(
                                            col("paid"),
                                            lit(0).cast("decimal(20,2)"),
                                            (sum, payment) -> sum.plus(payment.getField("amount"))
                                                    .cast("decimal(20,2)"))
                                    .as("revenue"),
                            col("hours.start").as("hour"),
                            col("terminal"));
        }
    }

    public static class ByEveryColumn extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return payments.withWatermark("time", "1800 seconds")
                    .select(
                            col("terminal"),
                            col("amount"),
                            window(col("time"), "60 minutes").as("hours"),
                            col("id"))
                    .dropDuplicates()
                    .groupBy(col("hours"), col("terminal"))
                    .sum("amount")
                    .select(
                            col("hours.start").as("hour"),
                            col("terminal"),
                            col("sum(amount)").as("revenue"));
        }
    }

    public static class Learnt extends FindTheLeak {
        @Override
        public Dataset<Row> fixed(Dataset<Row> payments) {
            return super.fixed(payments.where(col("id").between(1, 99)));
        }
    }
}
