package lesson05;

import static org.apache.spark.sql.functions.col;
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
 * The delay depends on how far a payment is behind the newest one before it, not on its travel time: the watermark
 * follows the newest event time, not the wall clock. So the query sorts the record by arrival, compares each payment
 * with the largest time up to it, and takes the largest distance. The newest payment so far has the distance zero.
 *
 * <p>A day in India begins at 18:30 UTC. Windows of a day are days in UTC unless their start is shifted.
 */
public class LateButWelcome {

    public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
        return byDay(payments.withWatermark("time", secondsBehind(record) + " seconds"));
    }

    public OutputMode mode() {
        return OutputMode.Append();
    }

    /** The largest distance in the record. */
    static long secondsBehind(Dataset<Row> record) {
        Column newest = max("time").over(Window.orderBy("arrived"));
        return record.select(unix_timestamp(newest)
                        .minus(unix_timestamp(col("time")))
                        .as("behind"))
                .agg(max("behind"))
                .head()
                .getLong(0);
    }

    static Dataset<Row> byDay(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 day", "1 day", "18 hours 30 minutes"))
                .agg(sum("amount").as("revenue"))
                .select(col("window.start").as("day"), col("revenue"));
    }
}
