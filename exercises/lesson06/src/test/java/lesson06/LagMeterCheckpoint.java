package lesson06;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.StreamingQueryManager;
import org.apache.spark.sql.execution.streaming.Sink;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.SinkProgress;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.ManualClock;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import scala.Option;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

/**
 * The first steps deliver events that the script describes, in Spark's classes. The last one runs a real query on a real
 * topic, with a manual clock.
 */
@Checkpoint(LagMeter.class)
class LagMeterCheckpoint {

    private static final String ANOTHER_METER = "another meter";
    private static final String LEGEND =
            "payments 3/6 1/2 = 4: up to offset 3 of 6 in partition 0, 1 of 2 in partition 1; 4 rows were read";

    @Test
    @Order(1)
    void theLagIsSummedOverAllPartitions(LagMeter answer) {
        Events events = new Events(answer, "batch", "records");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        batch(0, 0, "12:00:00", 500, "payments 3/6 1/2, refunds 2/9 = 6"),
                        batch(0, 1, "12:00:00.500", 500, "payments 6/6 2/2, refunds 9/9 = 11"))
                .emits(row(0, 11), row(1, 0))
                .run(events);
    }

    @Test
    @Order(2)
    void secondsAreTheTimeToCatchUpAtTheSpeedOfTheLastBatch(LagMeter answer) {
        Events events = new Events(answer, "batch", "seconds", "processing");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        batch(0, 0, "12:00:00", 2_000, "payments 4/9 = 4"),
                        batch(0, 1, "12:00:02", 500, "payments 8/11 = 4"),
                        batch(0, 2, "12:00:02.500", 2_000, "payments 11/11 = 3"))
                .emits(row(0, 2.5, 2), row(1, 0.375, 8), row(2, 0, 1.5))
                .run(events);
    }

    /** The batches read four records each, however many arrive, and begin half a second apart, and two seconds. */
    @Test
    @Order(3)
    void theArrivalRateIsTheGrowthOfTheTopics(LagMeter answer) {
        Events events = new Events(answer, "batch", "arriving");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        batch(0, 0, "12:00:00", 400, "payments 4/6 = 4"),
                        batch(0, 1, "12:00:00.500", 400, "payments 8/11 = 4"),
                        batch(0, 2, "12:00:02.500", 400, "payments 12/12 = 4"))
                .emits(row(0, Double.NaN), row(1, 10), row(2, 0.5))
                .run(events);
    }

    @Test
    @Order(4)
    void allKafkaSourcesOfAQueryCountAndNoOthers(LagMeter answer) {
        Events events = new Events(answer, "batch", "records", "processing");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        batch(
                                0,
                                0,
                                "12:00:00",
                                2_000,
                                "payments 3/6, refunds 1/1 = 4 + chargebacks 0/0 2/3 = 2 + file = 3"),
                        batch(
                                0,
                                1,
                                "12:00:02",
                                2_000,
                                "payments 6/6, refunds 1/1 = 3 + chargebacks 0/0 3/3 = 1 + file = 0"))
                .emits(row(0, 4, 3), row(1, 0, 2))
                .run(events);
    }

    /** Query 2 reads a file only. */
    @Test
    @Order(5)
    void eachQueryWithAKafkaSourceHasItsOwnReading(LagMeter answer) {
        Events events = new Events(answer, "query", "arriving", "processing");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        starts(1, "12:00:00"),
                        starts(2, "12:00:00"),
                        batch(0, 0, "12:00:00", 2_000, "payments 2/4 = 2"),
                        batch(1, 0, "12:00:00.500", 2_000, "refunds 3/3 = 3"),
                        batch(2, 0, "12:00:01", 2_000, "file = 3"),
                        batch(0, 1, "12:00:02", 2_000, "payments 6/6 = 4"),
                        event(2, "idle", "12:00:11"))
                .emits(row(0, Double.NaN, 1), row(1, Double.NaN, 1.5), row(0, 1, 2))
                .run(events);
    }

    /** The offsets are those of an aborted transaction: there is nothing to read. */
    @Test
    @Order(6)
    void aLagAtSpeedZeroTakesForever(LagMeter answer) {
        Events events = new Events(answer, "batch", "records", "seconds");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        batch(0, 0, "12:00:00", 2_000, "payments 3/6 = 0"),
                        batch(0, 1, "12:00:02", 2_000, "payments 6/6 = 0"))
                .emits(row(0, 3, Double.POSITIVE_INFINITY), row(1, 0, 0))
                .run(events);
    }

    @Test
    @Order(7)
    void theRatesOfAnIdleQueryAreZero(LagMeter answer) {
        Events events = new Events(answer, "batch", "seconds", "arriving", "processing");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        batch(0, 0, "12:00:00", 2_000, "payments 3/3 = 3"),
                        batch(0, 1, "12:00:02", 2_000, "payments 5/6 = 2"),
                        event(0, "idle", "12:00:14"),
                        batch(0, 2, "12:00:22", 2_000, "payments 26/26 = 21"))
                .emits(row(0, 0, Double.NaN, 1.5), row(1, 1, 1.5, 1), row("idle", 1, 0, 0), row(2, 0, 1, 10.5))
                .run(events);
    }

    @Test
    @Order(8)
    void aTerminatedQueryHasNoReading(LagMeter answer) {
        Events events = new Events(answer, "query", "records", "arriving");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        starts(1, "12:00:00"),
                        batch(0, 0, "12:00:00", 500, "payments 3/3 = 3"),
                        batch(1, 0, "12:00:00", 500, "refunds 2/3 = 2"),
                        event(0, "ends", "12:00:01"),
                        batch(1, 1, "12:00:01", 500, "refunds 4/4 = 2"),
                        event(1, "fails", "12:00:02"),
                        starts(0, "12:00:02"),
                        batch(0, 1, "12:00:02", 500, "payments 5/9 = 2"))
                .emits(row(0, 0, Double.NaN), row(1, 1, Double.NaN), row(1, 0, 1), row(0, 4, Double.NaN))
                .run(events);
    }

    /** When the batch in which the query failed runs again, Spark does not request the latest offsets. */
    @Test
    @Order(9)
    void progressWithoutLatestOffsetChangesNothing(LagMeter answer) {
        Events events = new Events(answer, "batch", "records", "arriving");
        events.script()
                .title("the query has failed in batch 1; it is restarted, with a new meter\n" + LEGEND)
                .batch(
                        starts(0, "12:00:00"),
                        batch(0, 1, "12:00:00", 2_000, "payments 8/? = 4"),
                        batch(0, 2, "12:00:02", 2_000, "payments 9/9 = 1"))
                .emits(row(2, 0, Double.NaN))
                .run(events);
    }

    /** The second meter gets the events of a query that the first one has a reading of. */
    @Test
    @Order(10)
    void twoMetersHaveNothingInCommon(LagMeter answer) {
        Events events = new Events(answer, "query", "records", "arriving");
        events.script()
                .batch(
                        starts(0, "12:00:00"),
                        batch(0, 0, "12:00:00", 500, "payments 3/6 = 3"),
                        event(0, ANOTHER_METER, "12:00:01"),
                        batch(0, 1, "12:00:02", 500, "payments 7/9 = 4"))
                .emits(row(0, 3, Double.NaN), row(0, 2, Double.NaN))
                .run(events);
    }

    /** The oracle: the definitions, in a loop. */
    @Test
    @Order(11)
    void theReadingsAfterRandomEventsAreThoseOfTheDefinitions(LagMeter answer) {
        Seed seed = Seed.next();
        RandomEvents random = new RandomEvents(seed.random());
        Events events = new Events(answer, "query", "records", "seconds", "arriving", "processing");
        events.script()
                .title(seed.hint() + "\n" + LEGEND)
                .batch(random.events)
                .emits(random.readings)
                .run(events);
    }

    /** The query reads a topic and a file of three lines. */
    @Test
    @Order(12)
    void theReadingsOfARealQueryAreRight(LagMeter answer) {
        RealQuery query = new RealQuery(answer);
        Script.of(RealQuery.ARRIVALS)
                .columns("batch", "records", "seconds", "arriving", "processing")
                .title("the query has failed in batch 0; it is restarted, becomes idle, and is stopped")
                .batch(row(0, 9), row(1, 2), row(2, 1))
                .emits(row(1, 3, 1.5, Double.NaN, 2), row(2, 0, 0, 0.5, 2), row("idle", 0, 0, 0, 0))
                .run(query);
    }

    private static ScriptRow starts(int query, String at) {
        return event(query, "starts", at);
    }

    private static ScriptRow event(int query, String event, String at) {
        return row(query, event, at, null, null);
    }

    private static ScriptRow batch(int query, long batch, String at, int millis, String sources) {
        return row(query, String.valueOf(batch), at, millis, sources);
    }

    /** A reading, reduced to these columns. */
    private static ScriptRow noted(List<String> columns, Object subject, LagMeter.Reading reading) {
        return row(columns.stream()
                .map(column -> switch (column) {
                    case "records" -> (Object) reading.records();
                    case "seconds" -> rounded(reading.seconds());
                    case "arriving" -> rounded(reading.arriving());
                    case "processing" -> rounded(reading.processing());
                    default -> subject;
                })
                .toArray());
    }

    /** To three places: right answers divide in different orders. */
    private static double rounded(double figure) {
        return Double.isFinite(figure) ? Math.round(figure * 1_000) / 1_000.0 : figure;
    }

    /**
     * Random progress of two queries: large offsets, several sources and partitions, and batches of a few milliseconds. The
     * first query is further behind than an int can count. Each kind of event occurs, among them a batch without rows, a
     * restart, and a batch after an idle event.
     */
    private static final class RandomEvents {

        private static final long FAR_BEHIND = 3_000_000_000L;
        private static final int MOST = 200;

        private final Random random;
        private final List<ScriptRow> events = new ArrayList<>();
        private final List<ScriptRow> readings = new ArrayList<>();
        private Instant now = Script.at("12:00");

        RandomEvents(Random random) {
            this.random = random;
            Query first = new Query(0, 2, FAR_BEHIND);
            Query second = new Query(1, 1, 0);
            first.starts();
            second.starts();
            first.batch(1, true);
            second.batch(1, false);
            first.batch(1, true);
            second.idle();
            first.batch(0, true);
            second.batch(1, true);
            first.ends("fails");
            first.starts();
            first.batchOfUnknownEnds();
            second.batch(0, false);
            first.batch(1, true);
            second.ends("ends");
            first.batch(1, true);
        }

        private final class Query {
            private final int number;
            private final long[][] ends;
            private final long[][] read;
            private int batch;
            private Instant before;
            private long endsBefore;
            private LagMeter.Reading reading;

            Query(int number, int sources, long behind) {
                this.number = number;
                ends = new long[sources][];
                read = new long[sources][];
                for (int source = 0; source < sources; source++) {
                    ends[source] = random.longs(1 + random.nextInt(4), FAR_BEHIND, 1L << 40)
                            .toArray();
                    read[source] = ends[source].clone();
                }
                read[0][0] -= behind;
            }

            void starts() {
                add(event(number, "starts", time()));
            }

            void idle() {
                reading = new LagMeter.Reading(reading.records(), reading.seconds(), 0, 0);
                add(event(number, "idle", time()));
            }

            void ends(String how) {
                reading = null;
                before = null;
                add(event(number, how, time()));
            }

            /**
             * @param rows the rows that a batch reads for each offset: 0 if the records are those of an aborted transaction
             * @param lags whether the batch leaves a part of the records
             */
            void batch(int rows, boolean lags) {
                int millis = 1 + random.nextInt(3_000);
                List<String> texts = new ArrayList<>();
                double processing = 0;
                for (int source = 0; source < ends.length; source++) {
                    long offsets = advance(source, lags);
                    processing += rows * offsets * 1_000.0 / millis;
                    texts.add(text(source, true) + " = " + rows * offsets);
                }
                texts.add("file = " + random.nextInt(100));
                read(processing);
                add(LagMeterCheckpoint.batch(number, batch++, time(), millis, String.join(" + ", texts)));
            }

            void batchOfUnknownEnds() {
                List<String> texts = new ArrayList<>();
                for (int source = 0; source < ends.length; source++) {
                    long offsets = advance(source, true);
                    texts.add(text(source, false) + " = " + offsets);
                }
                add(LagMeterCheckpoint.batch(number, batch++, time(), 500, String.join(" + ", texts)));
            }

            /** Records arrive, and are read. Returns how many offsets the batch has. */
            private long advance(int source, boolean lags) {
                long offsets = 0;
                for (int partition = 0; partition < ends[source].length; partition++) {
                    ends[source][partition] += 1 + random.nextInt(MOST);
                    long waiting = ends[source][partition] - read[source][partition];
                    long part = lags ? random.nextLong(Math.min(waiting, MOST)) : waiting;
                    read[source][partition] += part;
                    offsets += part;
                }
                return offsets;
            }

            private void read(double processing) {
                long all = sum(ends);
                long waiting = all - sum(read);
                double seconds = waiting == 0 ? 0 : waiting / processing;
                double arriving = before == null
                        ? Double.NaN
                        : (all - endsBefore)
                                * 1_000.0
                                / Duration.between(before, now).toMillis();
                reading = new LagMeter.Reading(waiting, seconds, arriving, processing);
                before = now;
                endsBefore = all;
            }

            private String text(int source, boolean isEndKnown) {
                return IntStream.range(0, ends[source].length)
                        .mapToObj(partition -> " " + read[source][partition] + "/"
                                + (isEndKnown ? String.valueOf(ends[source][partition]) : "?"))
                        .collect(Collectors.joining("", "topic-" + source, ""));
            }

            private void add(ScriptRow event) {
                events.add(event);
                if (reading != null) {
                    readings.add(
                            noted(List.of("query", "records", "seconds", "arriving", "processing"), number, reading));
                }
                now = now.plusMillis(1 + random.nextInt(3_000));
            }
        }

        private String time() {
            return LocalTime.ofInstant(now, ZoneOffset.UTC).toString();
        }

        private static long sum(long[][] offsets) {
            return Arrays.stream(offsets).flatMapToLong(LongStream::of).sum();
        }
    }

    /** Delivers the events that the rows describe, and notes the reading of a query after each of its events. */
    private static final class Events implements Job {

        private static final String FILE = "file = ";
        private static final DateTimeFormatter SPARKS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

        private final List<String> columns;
        private final Map<Integer, UUID> ids = new HashMap<>();
        private final Map<Integer, UUID> runs = new HashMap<>();
        private final Map<Integer, Instant> triggers = new HashMap<>();
        private final Map<String, String> endOffsets = new HashMap<>();
        private final List<ScriptRow> notes = new ArrayList<>();
        private LagMeter meter;
        private List<ScriptRow> events;

        Events(LagMeter meter, String... columns) {
            this.meter = meter;
            this.columns = List.of(columns);
        }

        Script script() {
            return Script.of("query INT, event STRING, at STRING, millis INT, sources STRING")
                    .columns(columns)
                    .title(LEGEND);
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            events = rows;
        }

        @Override
        public void run() {
            events.forEach(event -> {
                UUID id = ids.computeIfAbsent(event.getInt(0), query -> UUID.randomUUID());
                deliver(event, id);
                LagMeter.Reading reading = meter.readings().get(id);
                if (reading != null) {
                    notes.add(noted(columns, subject(event), reading));
                }
            });
        }

        @Override
        public List<ScriptRow> output() {
            return notes;
        }

        private Object subject(ScriptRow event) {
            boolean isBatch = !event.isNullAt(3);
            return columns.contains("query")
                    ? event.get(0)
                    : isBatch ? Integer.valueOf(event.getString(1)) : event.getString(1);
        }

        private void deliver(ScriptRow event, UUID id) {
            int query = event.getInt(0);
            String at = SPARKS.format(Script.at(event.getString(2)).atOffset(ZoneOffset.UTC));
            switch (event.getString(1)) {
                case "starts" -> {
                    runs.put(query, UUID.randomUUID());
                    triggers.remove(query);
                    meter.onQueryStarted(new StreamingQueryListener.QueryStartedEvent(id, runs.get(query), null, at));
                }
                case ANOTHER_METER -> meter = NewInstance.of(meter);
                case "idle" -> meter.onQueryIdle(new StreamingQueryListener.QueryIdleEvent(id, runs.get(query), at));
                case "ends" -> terminate(id, query, Option.empty());
                case "fails" -> terminate(id, query, Option.apply("java.lang.IllegalStateException: it failed"));
                default ->
                    meter.onQueryProgress(new StreamingQueryListener.QueryProgressEvent(progress(event, id, at)));
            }
        }

        private void terminate(UUID id, int query, Option<String> exception) {
            meter.onQueryTerminated(
                    new StreamingQueryListener.QueryTerminatedEvent(id, runs.get(query), exception, Option.empty()));
        }

        private StreamingQueryProgress progress(ScriptRow event, UUID id, String at) {
            int query = event.getInt(0);
            Instant trigger = Script.at(event.getString(2));
            Instant last = triggers.put(query, trigger);
            double sinceLast = last == null ? Double.POSITIVE_INFINITY : seconds(Duration.between(last, trigger));
            double duration = event.getInt(3) / 1_000.0;
            String[] texts = event.getString(4).split(" \\+ ");
            SourceProgress[] sources = IntStream.range(0, texts.length)
                    .mapToObj(i -> source(query + " " + i, texts[i], sinceLast, duration))
                    .toArray(SourceProgress[]::new);
            return new StreamingQueryProgress(
                    id,
                    runs.get(query),
                    null,
                    at,
                    Long.parseLong(event.getString(1)),
                    event.getInt(3),
                    Map.of("triggerExecution", Long.valueOf(event.getInt(3))),
                    Map.of(),
                    new StateOperatorProgress[0],
                    sources,
                    SinkProgress.apply("a sink", Option.empty(), Map.of()),
                    Map.of());
        }

        private SourceProgress source(String key, String text, double sinceLast, double duration) {
            String[] sides = text.split(" = ");
            long rows = Long.parseLong(sides[1]);
            boolean isKafka = !text.startsWith(FILE);
            boolean isEndKnown = isKafka && !text.contains("?");
            String end = isKafka ? offsets(sides[0], 0) : "{\"logOffset\":7}";
            return new SourceProgress(
                    isKafka ? "KafkaV2[Subscribe[payments]]" : "FileStreamSource[file:/data/from-Kafka]",
                    endOffsets.put(key, end),
                    end,
                    isEndKnown ? offsets(sides[0], 1) : null,
                    rows,
                    rows / sinceLast,
                    rows / duration,
                    isEndKnown ? lags(sides[0]) : Map.of());
        }

        /** The offsets before the slash or after it, as JSON. */
        private static String offsets(String topics, int side) {
            return Arrays.stream(topics.split(", "))
                    .map(topic -> topic.split(" "))
                    .map(words -> IntStream.range(1, words.length)
                            .mapToObj(i -> "\"" + (i - 1) + "\":" + words[i].split("/")[side])
                            .collect(Collectors.joining(",", "\"" + words[0] + "\":{", "}")))
                    .collect(Collectors.joining(",", "{", "}"));
        }

        private static Map<String, String> lags(String topics) {
            LongSummaryStatistics lags = Arrays.stream(topics.split("[ ,]+"))
                    .filter(word -> word.contains("/"))
                    .map(word -> word.split("/"))
                    .mapToLong(sides -> Long.parseLong(sides[1]) - Long.parseLong(sides[0]))
                    .summaryStatistics();
            return Map.of(
                    "minOffsetsBehindLatest", String.valueOf(lags.getMin()),
                    "avgOffsetsBehindLatest", String.valueOf(lags.getAverage()),
                    "maxOffsetsBehindLatest", String.valueOf(lags.getMax()));
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1_000.0;
        }
    }

    /** Runs a query with the answer as a listener, and notes its reading after each event. Every batch takes two seconds. */
    private static final class RealQuery implements Job {

        /** So many records arrive before a batch. */
        static final String ARRIVALS = "before INT, records INT";

        private static final long BATCH_MILLIS = 2_000;
        private static final long PATIENCE_MILLIS = 20_000;
        /** Without input for this long on the manual clock, Spark reports a query as idle. */
        private static final long IDLE_MILLIS = 10_000;

        private static final long FAILING_BATCH = 0;

        private final SparkSession spark = SharedSpark.session();
        private final ManualClock clock = new ManualClock(Script.at("12:00").toEpochMilli());
        private final KafkaTopic topic = KafkaTopic.create(1);
        private final String checkpoint = Scratch.folder("checkpoint-").toString();
        private final List<ScriptRow> notes = new ArrayList<>();
        private final LagMeter meter;
        private final Forwarding forwarding = new Forwarding();
        private List<ScriptRow> deliveries;
        private boolean fails = true;

        RealQuery(LagMeter meter) {
            this.meter = meter;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            deliveries = new ArrayList<>(rows);
            deliver(0);
        }

        @Override
        public void run() throws Exception {
            Dataset<Row> rows = topic().union(file());
            fail(start(rows));
            spark.streams().addListener(forwarding);
            try {
                StreamingQuery query = start(rows);
                query.processAllAvailable();
                forwarding.awaitEvents();
                clock.advance(IDLE_MILLIS);
                forwarding.awaitIdle();
                query.stop();
                forwarding.awaitEvents();
            } finally {
                spark.streams().removeListener(forwarding);
                for (StreamingQuery query : spark.streams().active()) {
                    query.stop();
                }
            }
        }

        @Override
        public List<ScriptRow> output() {
            return notes;
        }

        private Dataset<Row> topic() {
            return spark.readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", topic.servers())
                    .option("subscribe", topic.name())
                    .option("startingOffsets", "earliest")
                    .option("maxOffsetsPerTrigger", 4)
                    .load()
                    .selectExpr("CAST(value AS STRING)");
        }

        private Dataset<Row> file() {
            return spark.readStream()
                    .text(Inbox.create()
                            .deliver(Collections.nCopies(3, "a line"))
                            .path());
        }

        private StreamingQuery start(Dataset<Row> rows) throws TimeoutException {
            return ((StreamingQueryManager) spark.streams())
                    .startQuery(
                            Option.empty(),
                            Option.empty(),
                            Option.apply(checkpoint),
                            (org.apache.spark.sql.classic.Dataset<Row>) rows,
                            scala.collection.immutable.Map$.MODULE$.empty(),
                            new Slow(),
                            OutputMode.Append(),
                            false,
                            true,
                            Trigger.ProcessingTime(0),
                            clock,
                            Option.empty(),
                            Option.empty());
        }

        private void fail(StreamingQuery query) throws TimeoutException {
            try {
                query.processAllAvailable();
            } catch (Exception e) { // Spark does not declare its exception
                fails = false;
            }
            spark.sparkContext().listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
        }

        /** Sends what arrives before a batch. */
        private void deliver(long batch) {
            List<ScriptRow> due =
                    deliveries.stream().filter(row -> row.getInt(0) == batch).toList();
            deliveries.removeAll(due);
            due.forEach(row -> topic.send(records(row.getInt(1))));
        }

        @SuppressWarnings("unchecked")
        private ProducerRecord<String, String>[] records(int count) {
            return Stream.generate(() -> topic.record(0, null, "a record", Script.at("12:00")))
                    .limit(count)
                    .toArray(ProducerRecord[]::new);
        }

        private void note(Object subject, UUID query) {
            LagMeter.Reading reading = meter.readings().get(query);
            if (reading != null) {
                notes.add(noted(List.of("batch", "records", "seconds", "arriving", "processing"), subject, reading));
            }
        }

        private final class Slow implements Sink {
            @Override
            public void addBatch(long batch, Dataset<Row> rows) {
                if (fails && batch == FAILING_BATCH) {
                    throw new IllegalStateException("The script lets the query fail here.");
                }
                rows.collectAsList();
                clock.advance(BATCH_MILLIS);
                deliver(batch + 1);
            }
        }

        /**
         * Forwards each event to the answer and records its reading. Spark would only log the exceptions of the answer.
         */
        private final class Forwarding extends StreamingQueryListener {
            private final AtomicReference<Throwable> thrown = new AtomicReference<>();
            private final CountDownLatch idle = new CountDownLatch(1);

            void awaitEvents() throws Exception {
                spark.sparkContext().listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
                if (thrown.get() instanceof Error error) {
                    throw error;
                }
                if (thrown.get() instanceof Exception exception) {
                    throw exception;
                }
            }

            void awaitIdle() throws Exception {
                if (!idle.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("The query did not become idle.");
                }
                awaitEvents();
            }

            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                forward(() -> meter.onQueryStarted(event));
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                forward(() -> {
                    meter.onQueryProgress(event);
                    note(event.progress().batchId(), event.progress().id());
                });
            }

            @Override
            public void onQueryIdle(QueryIdleEvent event) {
                forward(() -> {
                    meter.onQueryIdle(event);
                    note("idle", event.id());
                });
                idle.countDown();
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                forward(() -> {
                    meter.onQueryTerminated(event);
                    note("terminated", event.id());
                });
            }

            private void forward(Runnable event) {
                try {
                    event.run();
                } catch (Throwable t) {
                    thrown.compareAndSet(null, t);
                }
            }
        }
    }
}
