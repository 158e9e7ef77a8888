package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_timestamp;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.streaming.OutputMode;

/**
 * What counts is not how long a payment was on its way but how far it is behind the newest one that came before it: the
 * watermark follows the newest, and knows no clock. So the record is put in the order of arrival, each payment is
 * compared with the largest time before it, and the greatest distance is the bound.
 *
 * <p>A day in India begins at 18:30 UTC, and windows of a day are days in UTC unless they are told to start elsewhere.
 */
public class LateButWelcome {

    public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
        return byDay(payments.withWatermark("time", secondsBehind(record) + " seconds"));
    }

    public OutputMode mode() {
        return OutputMode.Append();
    }

    /** How far a payment of the record was behind; null, which greatest leaves out, for the first alone. */
    static long secondsBehind(Dataset<Row> record) {
        Column newest = max("time").over(Window.orderBy("arrived").rowsBetween(Window.unboundedPreceding(), -1));
        return record.select(unix_timestamp(newest)
                        .minus(unix_timestamp(col("time")))
                        .as("behind"))
                .agg(greatest(lit(0L), max("behind")))
                .head()
                .getLong(0);
    }

    static Dataset<Row> byDay(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 day", "1 day", "18 hours 30 minutes"))
                .agg(sum("amount").as("revenue"))
                .select(col("window.start").as("day"), col("revenue"));
    }
}
