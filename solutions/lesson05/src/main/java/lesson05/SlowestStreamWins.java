package lesson05;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Each stream gets a watermark of its own, before the two become one. Spark keeps both, and goes by the lower one: what is
 * late is then a matter of each stream's own newest row, and the slower stream decides when an hour is over.
 *
 * <p>Lines without an amount move the partner's watermark on while nothing is paid there, so they have to come as far as
 * that. A filter on the amount would keep them from it even where it is written after {@code withWatermark}: Spark moves
 * it in front, as it does not touch the time. Adding up leaves nulls out; what remains are hours with no payment at all.
 */
public class SlowestStreamWins {

    public static final StructType PARTNER = StructType.fromDDL("time STRING, written TIMESTAMP, amount DECIMAL(10,2)");

    public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
        return byHour(paid(tills.withWatermark("time", "10 minutes"))
                .union(paid(timed(partner).withWatermark("time", "1 hour"))));
    }

    /** The time of a line, as a time. */
    static Dataset<Row> timed(Dataset<Row> partner) {
        return partner.withColumn("time", coalesce(to_timestamp(col("time")), col("written")));
    }

    static Dataset<Row> paid(Dataset<Row> rows) {
        return rows.select("time", "amount");
    }

    static Dataset<Row> byHour(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"))
                .agg(sum("amount").as("revenue"))
                .where(col("revenue").isNotNull())
                .select(col("window.start").as("hour"), col("revenue"));
    }
}
