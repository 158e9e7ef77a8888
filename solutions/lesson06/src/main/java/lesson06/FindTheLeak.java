package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The sums were forgotten in time; the ids never were. An operator forgets if the watermark is set before it, and if the
 * column with the mark is among its keys. Here that column is not the time but the hour's window, which inherits the mark:
 * an id is then remembered for as long as its hour is open, and a payment is too late when its hour is over. With the
 * time itself among the keys, it would be too late half an hour after it was made, and the sums would be others.
 */
public class FindTheLeak {

    public Dataset<Row> mended(Dataset<Row> payments) {
        return payments.withWatermark("time", "30 minutes")
                .withColumn("hours", window(col("time"), "1 hour"))
                .dropDuplicates("id", "hours")
                .groupBy("hours", "terminal")
                .agg(sum("amount").as("revenue"))
                .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
    }
}
