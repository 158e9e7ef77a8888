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
 * Kafka finds places, not records: of each partition the first record as young as a timestamp. From there to the first
 * record that is an hour into the next day lies the whole day, with stragglers of its neighbours, which a filter takes
 * out. The places save reading; the filter makes it exact.
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
                .option("startingOffsetsByTimestampStrategy", "latest") // a partition without such a record gives none
                .option("endingTimestamp", end.plus(LATENESS).toEpochMilli())
                .load()
                .where(col("timestamp").geq(begin).and(col("timestamp").lt(end)));
    }
}
