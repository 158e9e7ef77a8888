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
 * Each stream gets its own watermark before the union. Spark keeps both and uses the lower one: each stream's lag is
 * measured from its own newest row, and the slower stream decides when an hour is final.
 *
 * <p>Lines without an amount move the partner's watermark while nothing is paid there, so they have to reach it. A
 * filter on the amount would keep them from it even after {@code withWatermark}: Spark moves the filter before the
 * watermark, because it does not use the time. The sum ignores nulls. An hour without any payment has a null sum, and
 * is filtered out.
 */
public class SlowestStreamWins {

    public static final StructType PARTNER = StructType.fromDDL("time STRING, written TIMESTAMP, amount DECIMAL(10,2)");

    public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
        return byHour(paid(tills.withWatermark("time", "10 minutes"))
                .union(paid(timed(partner).withWatermark("time", "1 hour"))));
    }

    /** The partner's lines with their time as a timestamp. */
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
