package lesson04;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Joins the two streams with an outer join and a time bound. The join keeps rows of both sides, since either may arrive
 * first. From the watermarks and the thirty days Spark computes when a row can no longer match. It then removes the row
 * and, if it is a payment without a match, emits it with nulls.
 */
public class MatchChargebacks {

    public static final StructType CHARGEBACKS = StructType.fromDDL("payment BIGINT, time TIMESTAMP, reason STRING");

    public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
        return joined(
                payments.withWatermark("time", "1 hour"),
                chargebacks.withWatermark("time", "1 day"),
                "c.payment = p.id AND c.time BETWEEN p.time AND p.time + INTERVAL 30 DAYS",
                "left_outer");
    }

    static Dataset<Row> joined(Dataset<Row> payments, Dataset<Row> chargebacks, String condition, String type) {
        return payments.as("p")
                .join(chargebacks.as("c"), expr(condition), type)
                .selectExpr("p.id", "p.amount", "c.reason");
    }
}
