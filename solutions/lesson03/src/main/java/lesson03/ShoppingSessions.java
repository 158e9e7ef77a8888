package lesson03;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gives each click a window of thirty minutes and merges the windows of a customer that overlap or touch. The merged
 * window ends thirty minutes after the last click, so the end of the session is the greatest time.
 */
public class ShoppingSessions {

    public Dataset<Row> sessions(Dataset<Row> clicks) {
        return clicks.groupBy(col("customer"), session_window(col("time"), "30 minutes"))
                .agg(
                        min("time").as("start"),
                        max("time").as("end"),
                        count(lit(1)).as("clicks"),
                        coalesce(sum("spent"), lit(0)).as("spent"))
                .drop("session_window");
    }
}
