package lesson03;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A window an hour long, and a new one each quarter: Spark makes four rows of a payment before it counts. Sorting a
 * stream is allowed after an aggregation in complete mode, where each batch has the whole result in hand.
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
