package lesson04;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Other right answers, and one that is right only for the fixed payments of the checkpoint. */
class MatchChargebacksAlternatives {

    public static class InSql extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            payments.withWatermark("time", "60 minutes").createOrReplaceTempView("payments");
            chargebacks.withWatermark("time", "24 hours").createOrReplaceTempView("chargebacks");
            return payments.sparkSession().sql("""
                    SELECT id, amount, reason
                    FROM payments LEFT JOIN chargebacks ON payment = id
                     AND chargebacks.time >= payments.time
                     AND chargebacks.time <= payments.time + INTERVAL 720 HOURS""");
        }
    }

    public static class TheOtherWayRound extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            Dataset<Row> objections =
                    chargebacks.withColumnRenamed("time", "objected").withWatermark("objected", "1 day");
            return objections
                    .join(
                            payments.withWatermark("time", "1 hour"),
                            expr("payment = id AND time <= objected AND time >= objected - INTERVAL 30 DAYS"),
                            "right_outer")
                    .select("reason", "id", "amount");
        }
    }

    public static class Learnt extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return super.matched(payments.where("id < 100"), chargebacks.where("payment < 100 OR payment > 499"));
        }
    }
}
