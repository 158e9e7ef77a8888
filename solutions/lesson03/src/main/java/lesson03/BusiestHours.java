package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts payments in windows of an hour that begin every quarter: Spark makes four rows of each payment before it
 * counts. A stream may be sorted after an aggregation in complete mode, because each batch emits the whole result.
 */
public class BusiestHours {

    public Dataset<Row> busiest(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour", "15 minutes").as("hours"))
                .agg(count(lit(1)).as("payments"))
                .select(col("hours.start").as("hour"), col("payments"))
                .orderBy(col("payments").desc(), col("hour"))
                .limit(3);
    }
}
