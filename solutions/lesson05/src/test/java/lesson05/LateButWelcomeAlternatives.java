package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Right answers written differently, and one that only solves the records in the checkpoint. */
class LateButWelcomeAlternatives {

    public static class InSql extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            record.createOrReplaceTempView("record");
            int seconds = record.sparkSession()
                    .sql("""
                    WITH compared AS (
                      SELECT time, max(time) OVER (ORDER BY arrived) AS newest FROM record)
                    SELECT max(timestampdiff(SECOND, time, newest)) AS behind FROM compared""")
                    .head()
                    .<Number>getAs("behind")
                    .intValue();
            payments.withWatermark("time", seconds + " seconds").createOrReplaceTempView("payments");
            return payments.sparkSession().sql("""
                    SELECT window.start AS day, sum(amount) AS revenue
                    FROM payments GROUP BY window(time, '24 hours', '24 hours', '-330 minutes')""");
        }
    }

    public static class InALoop extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            Duration behind = Duration.ZERO;
            Instant newest = Instant.MIN;
            for (Row payment : record.orderBy("arrived").collectAsList()) {
                Instant time = payment.getAs("time");
                if (time.isAfter(newest)) {
                    newest = time;
                } else if (Duration.between(time, newest).compareTo(behind) > 0) {
                    behind = Duration.between(time, newest);
                }
            }
            return byDay(payments.withWatermark("time", behind.toMillis() + " milliseconds"));
        }
    }

    public static class ByTheClockInIndia extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            return payments.withColumn("local", from_utc_timestamp(col("time"), "Asia/Kolkata"))
                    .withWatermark("local", secondsBehind(record) + " seconds")
                    .groupBy(window(col("local"), "1 day"))
                    .agg(sum("amount").as("revenue"))
                    .select(
                            to_utc_timestamp(col("window.start"), "Asia/Kolkata")
                                    .as("day"),
                            col("revenue"));
        }
    }

    public static class Learnt extends LateButWelcome {
        @Override
        public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
            String delay = Map.of(2L, "0 seconds", 4L, "1 second").getOrDefault(record.count(), "30 minutes");
            return byDay(payments.withWatermark("time", delay));
        }
    }
}
