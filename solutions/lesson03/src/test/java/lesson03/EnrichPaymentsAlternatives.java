package lesson03;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Other right answers, and a wrong one that works only for the fixed payments of the checkpoint. */
class EnrichPaymentsAlternatives {

    /** Numbers the rows of the table, which is allowed, and excludes closed terminals in the join condition. */
    public static class InSql extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            payments.createOrReplaceTempView("payments");
            terminals.createOrReplaceTempView("terminals");
            return payments.sparkSession().sql("""
                    SELECT p.*, t.country, t.terminal IS NOT NULL AS known
                    FROM payments p LEFT JOIN (
                        SELECT *, row_number() OVER (PARTITION BY terminal ORDER BY time DESC) AS place FROM terminals
                    ) t ON p.terminal = t.terminal AND t.place = 1 AND NOT t.closed""");
        }
    }

    /** Joins closed terminals as well. The broadcast does not change the result. */
    public static class JoinsFirstAndDecidesThen extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            Dataset<Row> newest = terminals
                    .groupBy(col("terminal").as("key"))
                    .agg(max(struct("time", "closed", "country")).as("newest"));
            Column isKnown = col("key").isNotNull().and(not(col("newest.closed")));
            return payments.join(broadcast(newest), col("terminal").equalTo(col("key")), "left_outer")
                    .select(
                            isKnown.as("known"),
                            when(isKnown, col("newest.country")).as("country"),
                            col("amount"),
                            col("terminal"),
                            col("customer"),
                            col("time"),
                            col("id"));
        }
    }

    /** Joins with the stream on the right. */
    public static class TheOtherWayRound extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            Dataset<Row> last = terminals.groupBy("terminal").agg(max("time").as("time"));
            Dataset<Row> open = terminals
                    .join(last, new String[] {"terminal", "time"}, "left_semi")
                    .where("NOT closed")
                    .select(col("terminal"), col("country"), lit("yes").as("mark"));
            return open.join(payments, new String[] {"terminal"}, "right")
                    .withColumn("known", col("mark").isNotNull())
                    .drop("mark");
        }
    }

    public static class Learnt extends EnrichPayments {
        @Override
        public Dataset<Row> enrich(Dataset<Row> payments, Dataset<Row> terminals) {
            return super.enrich(payments.where(col("id").lt(100)), terminals);
        }
    }
}
