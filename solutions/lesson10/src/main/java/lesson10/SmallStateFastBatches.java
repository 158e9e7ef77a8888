package lesson10;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import workbook.kit.Payment;

/**
 * Each of the three limits is set where it belongs: the number of files of a batch at the source, the time that state is kept
 * in the query, and the number of state partitions in the session, before the first start, because the checkpoint keeps it. The
 * query has a session of its own, so the setting concerns no other job.
 */
public class SmallStateFastBatches {

    public StreamingQuery start(
            SparkSession spark, String payments, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
            throws TimeoutException {
        return start(hours(read(session(spark), payments)), checkpoint, sink);
    }

    /** A new session begins with the settings of the application. */
    SparkSession session(SparkSession spark) {
        SparkSession own = spark.newSession();
        own.conf().set("spark.sql.shuffle.partitions", 2);
        return own;
    }

    Dataset<Row> read(SparkSession spark, String payments) {
        return spark.readStream()
                .schema(Payment.SCHEMA)
                .option("maxFilesPerTrigger", 10)
                .json(payments);
    }

    Dataset<Row> hours(Dataset<Row> payments) {
        return sums(payments.withWatermark("time", "10 minutes"));
    }

    Dataset<Row> sums(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "1 hour"), col("terminal"))
                .agg(count("*").as("payments"), sum("amount").as("revenue"))
                .select(col("window.start").as("hour"), col("terminal"), col("payments"), col("revenue"));
    }

    StreamingQuery start(Dataset<Row> hours, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
            throws TimeoutException {
        return hours.writeStream()
                .option("checkpointLocation", checkpoint)
                .foreachBatch(sink)
                .start();
    }
}
