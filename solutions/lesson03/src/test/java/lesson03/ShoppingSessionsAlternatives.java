package lesson03;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Other right answers, and a wrong one that works only for the fixed clicks of the checkpoint. */
class ShoppingSessionsAlternatives {

    public static class InSql extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            clicks.createOrReplaceTempView("clicks");
            return clicks.sparkSession().sql("""
                    SELECT sum(coalesce(spent, 0)) AS spent, count(*) AS clicks, max(time) AS end, min(time) AS start,
                           customer
                    FROM clicks GROUP BY session_window(time, '1800 seconds'), customer""");
        }
    }

    /** Uses the bounds of the window, minus the gap, and the gap as an expression. */
    public static class ByTheWindowsBounds extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return clicks.withColumn("spent", coalesce(col("spent"), lit(0)))
                    .groupBy(
                            session_window(col("time"), when(lit(true), "30 minutes"))
                                    .as("session"),
                            col("customer"))
                    .agg(expr("sum(spent) AS spent"), expr("count(time) AS clicks"))
                    .select(
                            col("customer"),
                            col("session.start"),
                            col("session.end")
                                    .minus(expr("INTERVAL 30 MINUTES"))
                                    .as("end"),
                            col("clicks"),
                            col("spent"));
        }
    }

    public static class Learnt extends ShoppingSessions {
        @Override
        public Dataset<Row> sessions(Dataset<Row> clicks) {
            return super.sessions(clicks.where(col("customer").lt(100)));
        }
    }
}
