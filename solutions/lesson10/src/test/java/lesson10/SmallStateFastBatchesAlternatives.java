package lesson10;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;

import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import workbook.kit.Payment;

/** Right answers written differently, and one that only knows the payments in the checkpoint. */
class SmallStateFastBatchesAlternatives {

    /** In SQL, in a session of its own, whose views nobody else sees. */
    public static class InSql extends SmallStateFastBatches {
        @Override
        SparkSession session(SparkSession spark) {
            SparkSession own = spark.newSession();
            own.sql("SET spark.sql.shuffle.partitions = 2");
            return own;
        }

        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            payments.withWatermark("time", "600 seconds").createOrReplaceTempView("payments");
            return payments.sparkSession().sql("""
                    SELECT window.start AS hour, terminal, count(*) AS payments, sum(amount) AS revenue
                    FROM payments GROUP BY window(time, '1 hour'), terminal""");
        }

        @Override
        StreamingQuery start(Dataset<Row> hours, String checkpoint, VoidFunction2<Dataset<Row>, Long> sink)
                throws TimeoutException {
            return hours.writeStream()
                    .queryName("hours")
                    .outputMode("append")
                    .trigger(Trigger.ProcessingTime(0))
                    .option("checkpointLocation", checkpoint)
                    .foreachBatch(sink)
                    .start();
        }
    }

    /** Reads lines and parses them. */
    public static class ParsesLines extends SmallStateFastBatches {
        @Override
        Dataset<Row> read(SparkSession spark, String payments) {
            return spark.readStream()
                    .option("maxFilesPerTrigger", 10)
                    .text(payments)
                    .select(from_json(col("value"), StructType.fromDDL(Payment.SCHEMA))
                            .as("payment"))
                    .select("payment.*");
        }
    }

    public static class Learnt extends SmallStateFastBatches {
        @Override
        Dataset<Row> hours(Dataset<Row> payments) {
            return super.hours(
                    payments.where(col("terminal").isNull().or(col("terminal").between(lit(0), lit(30)))));
        }
    }
}
