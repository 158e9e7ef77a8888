package lesson05;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class HourlyRevenueAlternatives {

    public static class InSql extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            payments.withWatermark("time", "30 minutes").createOrReplaceTempView("payments");
            return payments.sparkSession().sql("""
                    SELECT window.start AS hour, terminal, SUM(amount) AS revenue
                    FROM payments GROUP BY window(time, '1 hour'), terminal""");
        }
    }

    public static class InOtherUnits extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.withWatermark("time", "1800 seconds")
                    .groupBy(
                            col("terminal"),
                            window(col("time"), "60 minutes", "3600 seconds").as("hours"))
                    .agg(sum("amount").as("revenue"))
                    .select(col("revenue"), col("terminal"), col("hours.start").as("hour"));
        }
    }

    public static class ByWindowAndTruncatedHour extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.withWatermark("time", "30 minutes")
                    .withColumn("hour", date_trunc("hour", col("time")))
                    .groupBy(window(col("time"), "1 hour"), col("hour"), col("terminal"))
                    .agg(sum("amount").as("revenue"))
                    .drop("window");
        }
    }

    public static class InOtherTypes extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.withWatermark("time", "30 minutes")
                    .groupBy(
                            window(col("time"), "1 hour"),
                            col("terminal").cast("long").as("terminal"))
                    .agg(
                            sum(col("amount").cast("decimal(30,6)")).as("sum"),
                            count("amount").as("payments"))
                    .where(col("payments").gt(0))
                    .select(
                            expr("window.end - INTERVAL 1 HOUR AS hour"),
                            col("terminal"),
                            coalesce(col("sum"), lit(0)).as("revenue"));
        }
    }

    public static class WithTheWindowMadeFirst extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return payments.select("amount", "terminal", "time")
                    .withWatermark("time", "30 minutes")
                    .withColumn("hours", window(col("time"), "1 hour"))
                    .groupBy("hours", "terminal")
                    .sum("amount")
                    .withColumnRenamed("sum(amount)", "revenue")
                    .withColumn("hour", col("hours").getField("start"))
                    .drop("hours");
        }
    }

    public static class Learnt extends HourlyRevenue {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments) {
            return super.revenue(
                    payments.where(col("id").between(1, 99).or(col("id").isNull())));
        }
    }
}
