package lesson05;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class SlowestStreamWinsAlternatives {

    public static class InSql extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            tills.withWatermark("time", "10 minutes").createOrReplaceTempView("tills");
            partner.selectExpr("coalesce(CAST(time AS TIMESTAMP), written) AS paid", "amount")
                    .withWatermark("paid", "1 hour")
                    .createOrReplaceTempView("partner");
            return tills.sparkSession().sql("""
                    SELECT sum(amount) AS revenue, window.start AS hour
                    FROM (SELECT paid AS time, amount FROM partner UNION ALL SELECT time, amount FROM tills)
                    GROUP BY window(time, '1 hour')
                    HAVING count(amount) > 0""");
        }
    }

    public static class WithZeroForNull extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            Dataset<Row> both = tills.withWatermark("time", "600 seconds")
                    .unionByName(timed(partner).withWatermark("time", "60 minutes"), true);
            return both.groupBy(window(col("time"), "1 hour").as("hours"))
                    .agg(
                            sum(coalesce(col("amount"), lit(0))).as("revenue"),
                            count("amount").as("payments"))
                    .where("payments > 0")
                    .select("hours.start", "revenue")
                    .withColumnRenamed("start", "hour");
        }
    }

    public static class Learnt extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return super.revenue(tills.where("id < 100 OR id IS NULL"), partner);
        }
    }
}
