package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The watermark is how long to wait, the window is the hour to wait for: Spark emits a window and deletes its state
 * once the newest payment's time minus thirty minutes has reached the window's end.
 */
public class HourlyRevenue {

    public Dataset<Row> revenue(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes")
                .groupBy(window(col("time"), "1 hour"), col("terminal"))
                .agg(sum("amount").as("revenue"))
                .select(col("window.start").as("hour"), col("terminal"), col("revenue"));
    }
}
