package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The leaking query removed the sums, but never the ids. An operator removes rows if the watermark is set before it, and if
 * the column with the watermark is one of its keys. Here that column is not the time but the window of the hour, which keeps
 * the watermark: an id stays in the state while its hour is open, and a payment is late when its hour has expired. With the
 * time itself as a key, a payment would be late half an hour after it was made, and the sums would differ.
 */
public class FindTheLeak {

    public Dataset<Row> fixed(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes")
                .withColumn("hours", window(col("time"), "1 hour"))
                .dropDuplicates("id", "hours")
                .groupBy("hours", "terminal")
                .agg(sum("amount").as("revenue"))
                .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
    }
}
