package lesson02;

import static org.apache.spark.sql.functions.col;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Kafka finds positions, not records: for each partition the first record at or after a timestamp. The whole day is
 * between that position and the first record that is an hour into the next day, together with some records of the
 * neighbouring days, which a filter removes. The positions save reading; the filter makes the result exact.
 */
public class ReplayYesterday {

    private static final Duration LATENESS = Duration.ofHours(1);

    public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
        Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("subscribe", topic)
                .option("startingTimestamp", begin.toEpochMilli())
                .option("startingOffsetsByTimestampStrategy", "latest") // a partition may have no such record
                .option("endingTimestamp", end.plus(LATENESS).toEpochMilli())
                .load()
                .where(col("timestamp").geq(begin).and(col("timestamp").lt(end)));
    }
}
