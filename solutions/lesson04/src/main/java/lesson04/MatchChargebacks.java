package lesson04;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The join remembers both streams, since either side may come first. The watermarks say how far each has gone, the thirty
 * days how far a row of one can reach into the other: from both together Spark knows when a row can meet nothing any
 * more. Then it goes and, if it is a payment that has met nothing, is put out with nulls.
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
