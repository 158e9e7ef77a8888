package lesson02;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;

@Checkpoint(ReplayYesterday.class)
class ReplayYesterdayCheckpoint {

    private static final LocalDate DAY = Script.DAY;
    private static final LocalDate LEAP_DAY = LocalDate.parse("2024-02-29");
    private static final int PARTITIONS = 2;
    private static final Schema COLUMNS =
            Schema.of("key BINARY, value BINARY, topic STRING, partition INT, offset BIGINT,"
                    + " timestamp TIMESTAMP, timestampType INT");

    @Test
    @Order(1)
    void theDayIsFromMidnightToMidnightAndTheQueryEnds(ReplayYesterday answer) {
        ScriptRow first = record(0, "2026-01-01 00:00", 2);
        ScriptRow noon = record(1, "2026-01-01 12:00", 3);
        ScriptRow last = record(0, "2026-01-01 23:59:59.999", 4);
        script().batch(
                        record(0, "2025-12-31 23:59:59.999", 1),
                        first,
                        noon,
                        last,
                        record(0, "2026-01-02 00:00", 5),
                        record(1, "2026-01-02 12:00", 6))
                .emits(first, noon, last)
                .run(new Replay(answer));
    }

    @Test
    @Order(2)
    void theDayIsInUtcWhereverTheProgramRuns(ReplayYesterday answer) {
        SparkSession inIndia = SharedSpark.session().newSession();
        inIndia.conf().set("spark.sql.session.timeZone", "Asia/Kolkata");
        ScriptRow early = record(0, "2026-01-01 01:00", 2);
        ScriptRow late = record(0, "2026-01-01 22:00", 3);
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            script().batch(
                            record(0, "2025-12-31 22:00", 1),
                            early,
                            late,
                            record(0, "2026-01-02 01:00", 4),
                            record(1, "2026-01-02 12:00", 5))
                    .emits(early, late)
                    .run(new Replay(answer, inIndia));
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    @Order(3)
    void aPartitionMayHaveNoRecordOfThatDayOrLater(ReplayYesterday answer) {
        ScriptRow only = record(0, "2026-01-01 12:00", 2);
        script().batch(record(1, "2025-12-31 12:00", 1), only).emits(only).run(new Replay(answer));
        script().batch(record(1, "2025-12-31 12:00", 1)).emitsNothing().run(new Replay(answer));
    }

    @Test
    @Order(4)
    void theTimeOfThePaymentDoesNotMatter(ReplayYesterday answer) {
        ScriptRow offline = record(0, "2026-01-01 10:00", payment(1, at("2025-12-30 18:00")));
        ScriptRow sentNextDay = record(1, "2026-01-02 10:00", payment(2, at("2026-01-01 18:00")));
        script().batch(offline, sentNextDay).emits(offline).run(new Replay(answer));
    }

    @Test
    @Order(5)
    void aRecordMayFollowOthersThatAreUpToAnHourYounger(ReplayYesterday answer) {
        ScriptRow first = record(0, "2026-01-01 00:10", 1);
        ScriptRow late = record(0, "2026-01-01 23:00", null);
        ScriptRow latest = record(0, "2026-01-01 23:59:59.999", 6);
        script().batch(
                        first,
                        record(0, "2025-12-31 23:50", 2),
                        record(0, "2026-01-02 00:00", 3),
                        late,
                        record(0, "2026-01-02 00:59:59.999", 5),
                        latest,
                        record(1, "2026-01-02 12:00", 7))
                .emits(first, late, latest)
                .run(new Replay(answer));
    }

    @Test
    @Order(6)
    void recordsBeforeAndAfterTheDayAreNotRead(ReplayYesterday answer) {
        Replay replay = new Replay(answer);
        ScriptRow morning = record(0, "2026-01-01 09:00", 2);
        ScriptRow evening = record(1, "2026-01-01 21:00", 3);
        List<ScriptRow> records = Stream.of(
                        daysAround(-30, -1),
                        Stream.of(record(0, "2025-12-31 22:30", 1), morning, evening, record(1, "2026-01-02 01:30", 4)),
                        daysAround(2, 20))
                .flatMap(days -> days)
                .toList();
        script().batch(records)
                .emits(morning, evening)
                .expects("read from Kafka", 2L, () -> replay.read)
                .run(replay);
    }

    @Test
    @Order(7)
    void ofRandomRecordsThoseOfTheDayAreRead(ReplayYesterday answer) {
        Seed seed = Seed.next();
        List<ScriptRow> records = hourByHour(seed.random());
        script().title(seed.hint())
                .batch(records)
                .emits(records.stream()
                        .filter(ReplayYesterdayCheckpoint::isOfTheLeapDay)
                        .toList())
                .run(new Replay(answer, SharedSpark.session(), LEAP_DAY));
    }

    private static Script script() {
        return Script.of("partition INT, timestamp TIMESTAMP, value STRING").columns("partition", "timestamp", "value");
    }

    private static ScriptRow record(int partition, String timestamp, long id) {
        return record(partition, timestamp, payment(id, at(timestamp)));
    }

    private static ScriptRow record(int partition, String timestamp, String value) {
        return row(partition, at(timestamp), value);
    }

    private static String payment(long id, Instant time) {
        return new Payment(id, time, 10, 7, new BigDecimal("12.50")).toJson();
    }

    /** A record for each day, alternating between the partitions. */
    private static Stream<ScriptRow> daysAround(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(days -> record(Math.floorMod(days, PARTITIONS), DAY.plusDays(days) + " 12:00", 50 + days));
    }

    /** Each hour has records in any order, from before the day until after it. Some values are null. */
    private static List<ScriptRow> hourByHour(Random random) {
        Duration hour = Duration.ofHours(1);
        return RandomRows.of("partition INT, timestamp TIMESTAMP, id BIGINT")
                .notNull("partition", "timestamp")
                .oneOf("partition", 0, 1)
                .times("20:00", hour, hour)
                .on(LEAP_DAY.minusDays(1))
                .tick(Duration.ofMillis(1))
                .converted((same, row) -> row(
                        row.get(0), row.get(1), row.isNullAt(2) ? null : payment(row.getLong(2), row.getInstant(1))))
                .batches(random, 32, 6)
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static boolean isOfTheLeapDay(ScriptRow record) {
        return LocalDate.ofInstant(record.getInstant(1), ZoneOffset.UTC).equals(LEAP_DAY);
    }

    private static Instant at(String time) {
        return Instant.parse(time.length() == 16 ? time.replace(' ', 'T') + ":00Z" : time.replace(' ', 'T') + "Z");
    }

    /** Sends the records to a new topic, which the answer then reads. */
    private static final class Replay implements Job {
        private final KafkaTopic topic = KafkaTopic.create(PARTITIONS);
        private final ReplayYesterday answer;
        private final SparkSession spark;
        private final LocalDate date;
        private List<ScriptRow> records;
        private long read;

        Replay(ReplayYesterday answer) {
            this(answer, SharedSpark.session());
        }

        Replay(ReplayYesterday answer, SparkSession spark) {
            this(answer, spark, DAY);
        }

        Replay(ReplayYesterday answer, SparkSession spark, LocalDate date) {
            this.answer = answer;
            this.spark = spark;
            this.date = date;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void addInput(List<ScriptRow> rows) {
            topic.send(rows.stream().map(this::record).toArray(ProducerRecord[]::new));
        }

        private ProducerRecord<String, String> record(ScriptRow row) {
            return topic.record(row.getInt(0), "10", row.getString(2), row.getInstant(1));
        }

        @Override
        public void run() {
            Dataset<Row> day = answer.records(spark, topic.servers(), topic.name(), date);
            if (day == null || day.isStreaming()) {
                throw new AssertionError("out       " + (day == null ? "null" : "a stream, which does not end")
                        + "\nexpected  a table of the day's records");
            }
            expectColumns(SparkRows.schema(day.schema()));
            Dataset<Row> readable = day.selectExpr("partition", "timestamp", "CAST(value AS STRING) AS value");
            records = SparkRows.fromSpark(readable.collectAsList());
            read = rowsRead(readable);
        }

        private static void expectColumns(Schema found) {
            if (!Set.copyOf(found.fields()).equals(Set.copyOf(COLUMNS.fields()))) {
                throw new AssertionError("columns out       " + found.sql() + "\ncolumns expected  " + COLUMNS.sql());
            }
        }

        @Override
        public List<ScriptRow> output() {
            return records;
        }

        /** The number of rows that the sources, the leaves of the plan, have read. */
        private static long rowsRead(Dataset<Row> rows) {
            SparkPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                    .queryExecution()
                    .executedPlan();
            List<SQLMetric> metrics = new ArrayList<>();
            CollectionConverters.asJava(plan.collectLeaves())
                    .forEach(leaf -> leaf.metrics().get("numOutputRows").foreach(metrics::add));
            return metrics.stream().mapToLong(SQLMetric::value).sum();
        }
    }
}
