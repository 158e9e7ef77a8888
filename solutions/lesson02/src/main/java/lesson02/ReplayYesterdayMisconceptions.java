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

/** Wrong answers to {@link ReplayYesterday} that people really give. */
public final class ReplayYesterdayMisconceptions {

    private static final long HOUR = 3_600_000;

    private ReplayYesterdayMisconceptions() {}

    @Misconception(
            believed = "Kafka is a stream, so it is read with readStream.",
            really =
                    "A topic can be read either way. A day that is over has an end, and a query of it should have one:"
                            + " read() takes what lies between two places and is done; readStream() would wait for more for ever.",
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
            believed = "A batch read takes what has come since the last one.",
            really =
                    "A batch read remembers nothing. Left alone it takes the topic from its earliest record to its latest.",
            concept = "Bounded reads")
    public static class ReadsTheWholeTopic extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, Map.of());
        }
    }

    @Misconception(
            believed = "Spark hands the filter on to Kafka, as it does to a database or to Parquet.",
            really =
                    "Kafka has no index by content, and Spark's source hands no filter on. The rows are the right ones, and"
                            + " every record of the topic was fetched to find them. Only starting and ending offsets or"
                            + " timestamps spare the reading.",
            concept = "Bounded reads")
    public static class FiltersTheWholeTopic extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, Map.of()).where(isOf(day));
        }
    }

    @Misconception(
            believed = "The end of a batch read is where the topic ends; only the beginning must be given.",
            really =
                    "So it is, and that is as far as Spark reads. A day of last spring then costs everything that has come"
                            + " since.",
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
            believed = "latest is where reading begins, as in a stream.",
            really =
                    "A stream may begin at the latest record, because others will follow. A batch read from there would"
                            + " always be empty, and Spark refuses it.",
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
            really =
                    "When a payment was made is one thing, when it came in another. What has to be repeated is the work on"
                            + " what came in, and the record's timestamp is what tells that; Kafka knows nothing of a time"
                            + " within the value.",
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
            believed = "From midnight to midnight: between(…, …).",
            really =
                    "between includes both its ends, and the next midnight is the first moment of the next day. Replayed"
                            + " day by day, that record is counted twice.",
            concept = "Half-open intervals")
    public static class TakesTheNextMidnightToo extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, from(midnight(day), midnight(day.plusDays(1)) + HOUR))
                    .where(col("timestamp").between(begin(day), begin(day.plusDays(1))));
        }
    }

    @Misconception(
            believed = "A day ends at 23:59:59.",
            really =
                    "It has 999 more milliseconds. Name the first moment that is out, not the last one that is in: the next"
                            + " midnight, with a less-than.",
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
            really =
                    "ZoneId.systemDefault() is wherever the program happens to run. On a server in New York the day begins"
                            + " five hours late, on one that is set to UTC it does not, and nobody finds out why.",
            concept = "Time zones")
    public static class TakesTheMachinesMidnight extends ReplayYesterday {
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
            really =
                    "A timestamp is a moment; which date it is depends on where one asks. to_date, and texts compared with"
                            + " timestamps, take the session's time zone. An Instant needs none.",
            concept = "Time zones")
    public static class TakesTheSessionsDate extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, from(midnight(day.minusDays(1)), midnight(day.plusDays(2))))
                    .where(to_date(col("timestamp")).equalTo(day));
        }
    }

    @Misconception(
            believed = "startingTimestamp in seconds since 1970, as everywhere in Unix.",
            really =
                    "Kafka counts milliseconds. Taken for those, the seconds of today are a day in January 1970: the read"
                            + " ends before the topic begins.",
            concept = "Bounded reads")
    public static class CountsInSeconds extends ReplayYesterday {
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
            believed = "A partition without a record of that time simply gives none.",
            really = "By default Spark refuses to read then, for it cannot tell an idle partition from a typing error."
                    + " startingOffsetsByTimestampStrategy=latest says that it is meant.",
            concept = "Bounded reads")
    public static class ForgetsIdlePartitions extends ReplayYesterday {
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
            really =
                    "Kafka only finds the first record as young as the timestamp, and Spark reads from that place to the"
                            + " other. Where records are not in order, some between the places are of other days, and some of"
                            + " the day lie behind the end.",
            concept = "Bounded reads")
    public static class TakesPlacesForAFilter extends ReplayYesterday {
        @Override
        public Dataset<Row> records(SparkSession spark, String servers, String topic, LocalDate day) {
            return read(spark, servers, topic, from(midnight(day), midnight(day.plusDays(1))));
        }
    }

    @Misconception(
            believed = "With a filter on top, the places at both midnights are exact.",
            really = "A filter takes out what is too much. What lies behind the first record of the next day was never"
                    + " read, and no filter brings it back.",
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
