package lesson06;

import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.StreamingQueryManager;
import org.apache.spark.sql.execution.streaming.Sink;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.ManualClock;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import scala.Option;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.kafka.KafkaTopic;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;

/**
 * Runs real queries on real topics, with a manual clock: every batch takes two seconds. Records that arrive at 0 are there
 * before the query starts; those that arrive at 1 come during its first batch.
 */
@Checkpoint(LagMeter.class)
class LagMeterCheckpoint {

    private static final int BATCH_SECONDS = 2;
    private static final String PAYMENTS = "payments";
    private static final String REFUNDS = "refunds";

    @Test
    @Order(1)
    void theLagIsSummedOverAllPartitions(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records");
        watch.script()
                .batch(row(0, PAYMENTS, 0, 6), row(0, PAYMENTS, 1, 2))
                .emits(row(0, 4), row(1, 0))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS))));
    }

    @Test
    @Order(2)
    void secondsAreTheTimeToCatchUpAtTheSpeedOfTheLastBatch(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "seconds", "processing");
        watch.script()
                .batch(row(0, PAYMENTS, 0, 9), row(1, PAYMENTS, 0, 2))
                .emits(row(0, 2.5, 2), row(1, 1.5, 2), row(2, 0, 1.5))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS))));
    }

    /** Spark reads four records per batch, however many arrive. */
    @Test
    @Order(3)
    void theArrivalRateIsTheGrowthOfTheTopics(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "arriving");
        watch.script()
                .batch(row(0, PAYMENTS, 0, 6), row(1, PAYMENTS, 0, 5), row(2, PAYMENTS, 0, 1))
                .emits(row(0, Double.NaN), row(1, 2.5), row(2, 0.5))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS))));
    }

    @Test
    @Order(4)
    void allKafkaSourcesOfAQueryCountAndNoOthers(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records", "processing");
        watch.script()
                .title("the query reads the topics and a file of three lines")
                .batch(row(0, PAYMENTS, 0, 6), row(0, REFUNDS, 0, 1), row(0, "chargebacks", 1, 3))
                .emits(row(0, 4, 3), row(1, 0, 2))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS, REFUNDS)
                        .union(watch.kafka(2, "chargebacks"))
                        .union(watch.file(3)))));
    }

    @Test
    @Order(5)
    void eachQueryWithAKafkaSourceHasItsOwnReading(LagMeter answer) {
        Watch watch = new Watch(answer, "query", "arriving", "processing");
        watch.script()
                .title("one query for each topic, one after the other, and one that reads a file")
                .batch(row(0, PAYMENTS, 0, 4), row(1, PAYMENTS, 0, 2), row(0, REFUNDS, 0, 3))
                .emits(row(0, 1, 1), row(1, Double.NaN, 1.5))
                .run(watch.of(() -> {
                    watch.run(watch.kafka(4, PAYMENTS));
                    watch.run(watch.kafka(4, REFUNDS));
                    watch.run(watch.file(3));
                    watch.noteAll();
                }));
    }

    /** Five of the six offsets belong to the records, one to the abort marker; a batch of three offsets has no record. */
    @Test
    @Order(6)
    void aLagAtSpeedZeroTakesForever(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records", "seconds");
        watch.script()
                .title("five records of an aborted transaction")
                .batch()
                .emits(row(0, 3, Double.POSITIVE_INFINITY), row(1, 0, 0))
                .run(watch.of(() -> {
                    watch.topic(PAYMENTS).sendAndAbort(watch.records(PAYMENTS, 0, 5));
                    watch.run(watch.kafka(3, PAYMENTS));
                }));
    }

    @Test
    @Order(7)
    void theRatesOfAnIdleQueryAreZero(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "arriving", "processing");
        watch.script()
                .batch(row(0, PAYMENTS, 0, 3), row(1, PAYMENTS, 0, 2))
                .emits(row(0, Double.NaN, 1.5), row(1, 1, 1), row("idle", 0, 0))
                .run(watch.of(() -> {
                    watch.run(watch.kafka(4, PAYMENTS));
                    watch.awaitIdle();
                }));
    }

    @Test
    @Order(8)
    void aTerminatedQueryHasNoReading(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records");
        watch.script()
                .batch(row(0, PAYMENTS, 0, 3))
                .emits(row(0, 0))
                .run(watch.of(() -> watch.stop(watch.run(watch.kafka(4, PAYMENTS)))));
    }

    /** When the batch in which the query failed runs again, Spark does not request the latest offsets. */
    @Test
    @Order(9)
    void progressWithoutLatestOffsetChangesNothing(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records", "arriving");
        watch.script()
                .title("the query has failed in batch 1; it is restarted, with a new meter")
                .batch(row(0, PAYMENTS, 0, 9))
                .emits(row(2, 0, Double.NaN))
                .run(watch.of(() -> {
                    Dataset<Row> query = watch.kafka(4, PAYMENTS);
                    watch.failWithoutListener(query, 1);
                    watch.run(query);
                }));
    }

    @Test
    @Order(10)
    void theLagsOfRandomRecordsAreThoseOfALoop(LagMeter answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        int[] limits = {30 + random.nextInt(20), 30 + random.nextInt(20)};
        int[][] arrivals = {
            {60 + random.nextInt(60), random.nextInt(60)},
            {1 + random.nextInt(60), random.nextInt(60)},
            {1 + random.nextInt(60), random.nextInt(60)}
        };
        Watch watch = new Watch(answer, "batch", "records");
        watch.script()
                .title(seed.hint())
                .batch(IntStream.range(0, arrivals.length)
                        .boxed()
                        .flatMap(when -> List.of(
                                row(when, PAYMENTS, 0, arrivals[when][0]), row(when, REFUNDS, 0, arrivals[when][1]))
                                .stream())
                        .toList())
                .emits(lags(arrivals, limits))
                .run(watch.of(
                        () -> watch.run(watch.kafka(limits[0], PAYMENTS).union(watch.kafka(limits[1], REFUNDS)))));
    }

    /** The oracle: a batch reads the records of each topic, up to the limit. */
    private static List<ScriptRow> lags(int[][] arrivals, int[] limits) {
        List<ScriptRow> readings = new ArrayList<>();
        int[] lags = new int[limits.length];
        for (int batch = 0; batch < arrivals.length || IntStream.of(lags).sum() > 0; batch++) {
            for (int topic = 0; topic < limits.length; topic++) {
                int there = lags[topic] + (batch < arrivals.length ? arrivals[batch][topic] : 0);
                lags[topic] = Math.max(0, there - limits[topic]);
            }
            readings.add(row(batch, IntStream.of(lags).sum()));
        }
        return readings;
    }

    /** Runs queries with the answer as a listener, and records its reading of a query after each event. */
    private static final class Watch implements Job {

        private static final String INPUT = "arrive INT, topic STRING, partition INT, records INT";
        private static final int PARTITIONS = 2;
        private static final long PATIENCE_MILLIS = 20_000;
        /** Without input for this long on the manual clock, Spark reports a query as idle. */
        private static final long IDLE_MILLIS = 10_000;

        private final SparkSession spark = SharedSpark.session();
        private final ManualClock clock = new ManualClock(Script.at("12:00").toEpochMilli());
        private final Map<String, KafkaTopic> topics = new HashMap<>();
        private final Map<Dataset<Row>, String> checkpoints = new HashMap<>();
        private final List<UUID> queries = new ArrayList<>();
        private final List<ScriptRow> notes = new ArrayList<>();
        private final LagMeter meter;
        private final List<String> columns;
        private final Forwarding forwarding = new Forwarding();
        private Action action;
        private List<ScriptRow> deliveries;
        private long failingBatch = -1;

        Watch(LagMeter meter, String... columns) {
            this.meter = meter;
            this.columns = List.of(columns);
        }

        /** Runs while the answer is registered as a listener. */
        private interface Action {
            void run() throws Exception;
        }

        Script script() {
            return Script.of(INPUT).columns(columns.toArray(String[]::new));
        }

        Watch of(Action action) {
            this.action = action;
            return this;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            deliveries = new ArrayList<>(rows);
            deliver(0);
        }

        @Override
        public void run() throws Exception {
            spark.streams().addListener(forwarding);
            try {
                action.run();
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

        Dataset<Row> kafka(int limit, String... names) {
            String subscribed =
                    Arrays.stream(names).map(name -> topic(name).name()).collect(Collectors.joining(","));
            return spark.readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", topic(names[0]).servers())
                    .option("kafka.isolation.level", "read_committed")
                    .option("subscribe", subscribed)
                    .option("startingOffsets", "earliest")
                    .option("maxOffsetsPerTrigger", limit)
                    .load()
                    .selectExpr("CAST(value AS STRING)");
        }

        Dataset<Row> file(int lines) {
            Inbox inbox = Inbox.create().deliver(Collections.nCopies(lines, "a line"));
            return spark.readStream().text(inbox.path());
        }

        KafkaTopic topic(String name) {
            return topics.computeIfAbsent(name, unknown -> KafkaTopic.create(PARTITIONS));
        }

        /** Runs a query until it has read all input and the events have arrived; from its checkpoint if it ran before. */
        StreamingQuery run(Dataset<Row> rows) throws Exception {
            StreamingQuery query = start(rows);
            query.processAllAvailable();
            forwarding.awaitEvents();
            return query;
        }

        /** Runs a query that fails in this batch, while the answer is not registered. */
        void failWithoutListener(Dataset<Row> rows, long batch) throws Exception {
            spark.streams().removeListener(forwarding);
            failingBatch = batch;
            StreamingQuery query = start(rows);
            try {
                query.processAllAvailable();
            } catch (Exception e) { // Spark does not declare its exception
                failingBatch = -1;
            }
            forwarding.awaitEvents();
            spark.streams().addListener(forwarding);
        }

        void stop(StreamingQuery query) throws Exception {
            query.stop();
            forwarding.awaitEvents();
        }

        void awaitIdle() throws Exception {
            clock.advance(IDLE_MILLIS);
            forwarding.awaitIdle();
        }

        /** Records the current readings of all queries that ran, in their order, and nothing else. */
        void noteAll() {
            notes.clear();
            meter.readings().forEach((query, reading) -> notes.add(noted(queries.indexOf(query), reading)));
        }

        @SuppressWarnings("unchecked")
        ProducerRecord<String, String>[] records(String topic, int partition, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> topic(topic).record(partition, null, "a record", Script.at("12:00")))
                    .toArray(ProducerRecord[]::new);
        }

        private StreamingQuery start(Dataset<Row> rows) throws Exception {
            String checkpoint = checkpoints.computeIfAbsent(
                    rows, first -> Scratch.folder("checkpoint-").toString());
            StreamingQuery query = ((StreamingQueryManager) spark.streams())
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
            queries.add(query.id());
            return query;
        }

        private void deliver(long batch) {
            List<ScriptRow> due =
                    deliveries.stream().filter(row -> row.getInt(0) == batch).toList();
            deliveries.removeAll(due);
            due.forEach(row -> topic(row.getString(1)).send(records(row.getString(1), row.getInt(2), row.getInt(3))));
        }

        private void note(Object batch, UUID query) {
            LagMeter.Reading reading = meter.readings().get(query);
            if (reading != null) {
                notes.add(noted(batch, reading));
            }
        }

        private ScriptRow noted(Object subject, LagMeter.Reading reading) {
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

        /** A sink in which every batch takes two seconds. */
        private final class Slow implements Sink {
            @Override
            public void addBatch(long batch, Dataset<Row> rows) {
                if (batch == failingBatch) {
                    throw new IllegalStateException("The script lets the query fail here.");
                }
                rows.collectAsList();
                clock.advance(BATCH_SECONDS * 1_000);
                deliver(batch + 1);
            }
        }

        /** Forwards each event to the answer and records its reading. Spark would only log the exceptions of the answer. */
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
