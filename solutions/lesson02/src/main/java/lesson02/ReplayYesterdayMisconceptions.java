package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.to_date;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ReplayYesterday} that learners give. */
public final class ReplayYesterdayMisconceptions {

    private static final long HOUR = 3_600_000;

    private ReplayYesterdayMisconceptions() {}

    @Misconception(
            believed = "Kafka is a stream, so it is read with readStream.",
            really = "A topic can be read either way. A day in the past has an end, and its query should end,"
                    + " too: read() reads the records between two positions and is done; readStream() would wait"
                    + " for more and never end.",
            concept = "Batch and stream")
    public static class StreamsTheTopic extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return spark.readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", servers)
                    .option("subscribe", topic)
                    .option("startingTimestamp", midnight(day))
                    .load()
                    .where(isOf(day));
        }
    }

    @Misconception(
            believed = "A batch query reads the records since the last one.",
            really = "A batch query stores no position. By default it reads the topic from its earliest record"
                    + " to its latest.",
            concept = "Bounded reads")
    public static class ReadsTheWholeTopic extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, Map.of());
        }
    }

    @Misconception(
            believed = "Spark pushes the filter down to Kafka, as it does to a database or to Parquet.",
            really = "Kafka has no index by content, and Spark's source pushes no filter down. The result is"
                    + " correct, but Spark fetched every record of the topic. Only starting and ending offsets"
                    + " or timestamps limit the records that are read.",
            concept = "Bounded reads")
    public static class FiltersTheWholeTopic extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, Map.of()).where(isOf(day));
        }
    }

    @Misconception(
            believed = "A batch query needs only its beginning: its end is the end of the topic.",
            really = "It is, and Spark reads all records up to it. To read a day of last spring then costs all"
                    + " records since.",
            concept = "Bounded reads")
    public static class ReadsToTheTopicsEnd extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(
                            spark,
                            servers,
                            topic,
                            Map.of(
                                    "startingTimestamp",
                                    "" + midnight(day),
                                    "startingOffsetsByTimestampStrategy",
                                    "latest"))
                    .where(isOf(day));
        }
    }

    @Misconception(
            believed = "Reading begins at latest, as in a stream.",
            really = "A stream may begin at the latest record, because others will follow. A batch query from"
                    + " there would always be empty, and Spark refuses it.",
            concept = "Bounded reads")
    public static class BeginsAtTheLatest extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, Map.of("startingOffsets", "latest"))
                    .where(isOf(day));
        }
    }

    @Misconception(
            believed = "Yesterday's payments are those made yesterday.",
            really = "The time of a payment differs from the time at which it was sent. The job to repeat"
                    + " processed the records of one day, and the record's timestamp has that day. Kafka does"
                    + " not know a time within the value.",
            concept = "Event time")
    public static class FiltersByEventTime extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            Column time = get_json_object(col("value").cast("string"), "$.time").cast("timestamp");
            return read(spark, servers, topic, Map.of())
                    .where(time.geq(begin(day)).and(time.lt(begin(day.plusDays(1)))));
        }
    }

    @Misconception(
            believed = "A record without a value has nothing to replay.",
            really = "It deletes its key from a compacted topic: a job that is repeated without it keeps what the first"
                    + " run deleted.",
            concept = "Tombstones")
    public static class DropsTombstones extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return super.records(spark, servers, topic, day).where(col("value").isNotNull());
        }
    }

    @Misconception(
            believed = "From midnight to midnight: between(…, …).",
            really = "between includes both bounds, and the next midnight is the first moment of the next day."
                    + " If you replay day by day, that record is counted twice.",
            concept = "Half-open intervals")
    public static class IncludesTheNextMidnight extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, from(midnight(day), midnight(day.plusDays(1)) + HOUR))
                    .where(col("timestamp").between(begin(day), begin(day.plusDays(1))));
        }
    }

    @Misconception(
            believed = "A day ends at 23:59:59.",
            really = "It has 999 more milliseconds. Use the first moment after the day as an exclusive bound:"
                    + " less than the next midnight.",
            concept = "Half-open intervals")
    public static class EndsASecondEarly extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return super.records(spark, servers, topic, day)
                    .where(col("timestamp").leq(begin(day.plusDays(1)).minusSeconds(1)));
        }
    }

    @Misconception(
            believed = "Midnight is midnight.",
            really = "ZoneId.systemDefault() is the time zone of the machine. On a server in New York the day"
                    + " begins five hours late, on a server in UTC it does not, and the cause is hard to find.",
            concept = "Time zones")
    public static class UsesTheDefaultTimeZone extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            Instant begin = day.atStartOfDay(ZoneId.systemDefault()).toInstant();
            Instant end = day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant();
            return read(spark, servers, topic, from(begin.toEpochMilli(), end.toEpochMilli() + HOUR))
                    .where(col("timestamp").geq(begin).and(col("timestamp").lt(end)));
        }
    }

    @Misconception(
            believed = "A timestamp has a date.",
            really = "A timestamp is a moment; its date depends on the time zone. to_date, and texts compared"
                    + " with timestamps, use the session's time zone. An Instant needs none.",
            concept = "Time zones")
    public static class UsesTheSessionTimeZone extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, from(midnight(day.minusDays(1)), midnight(day.plusDays(2))))
                    .where(to_date(col("timestamp")).equalTo(day));
        }
    }

    @Misconception(
            believed = "startingTimestamp is in seconds since 1970, like Unix time.",
            really = "Kafka's timestamps are milliseconds. As milliseconds, today's seconds are a day in"
                    + " January 1970: the query ends before the topic begins.",
            concept = "Bounded reads")
    public static class SetsTimestampsInSeconds extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(
                            spark,
                            servers,
                            topic,
                            from(
                                    begin(day).getEpochSecond(),
                                    begin(day.plusDays(1)).getEpochSecond() + HOUR))
                    .where(isOf(day));
        }
    }

    @Misconception(
            believed = "A partition without a record of that time returns no rows.",
            really = "By default Spark refuses to read it, because it cannot distinguish an idle partition"
                    + " from a typing error. Set startingOffsetsByTimestampStrategy=latest to accept it.",
            concept = "Bounded reads")
    public static class IgnoresIdlePartitions extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(
                            spark,
                            servers,
                            topic,
                            Map.of(
                                    "startingTimestamp",
                                    "" + midnight(day),
                                    "endingTimestamp",
                                    "" + (midnight(day.plusDays(1)) + HOUR)))
                    .where(isOf(day));
        }
    }

    @Misconception(
            believed = "startingTimestamp and endingTimestamp select the records in between.",
            really = "Kafka only finds the first record at or after a timestamp, and Spark reads from one such"
                    + " position to the other. If records are not in order, some between the positions are of"
                    + " other days, and some of the day are after the end.",
            concept = "Bounded reads")
    public static class UsesPositionsAsAFilter extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, from(midnight(day), midnight(day.plusDays(1))));
        }
    }

    @Misconception(
            believed = "With a filter in addition, the positions at both midnights are exact.",
            really = "A filter only removes rows. Records of the day after the first record of the next day"
                    + " were not read, and no filter restores them.",
            concept = "Bounded reads")
    public static class EndsAtTheFirstRecordOfTheNextDay extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, from(midnight(day), midnight(day.plusDays(1))))
                    .where(isOf(day));
        }
    }

    private static Dataset<Row> read(SparkSession spark, String servers, String topic, Map<String, String> options) {
        return spark.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("subscribe", topic)
                .options(options)
                .load();
    }

    private static Map<String, String> from(long begin, long end) {
        return Map.of(
                "startingTimestamp",
                "" + begin,
                "endingTimestamp",
                "" + end,
                "startingOffsetsByTimestampStrategy",
                "latest");
    }

    private static Column isOf(LocalDate day) {
        return col("timestamp").geq(begin(day)).and(col("timestamp").lt(begin(day.plusDays(1))));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static long midnight(LocalDate day) {
        return begin(day).toEpochMilli();
    }
}
