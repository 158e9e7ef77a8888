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
 * Queries and topics are real. The clock by which the queries go is set by hand: every batch takes two seconds. Records that
 * come at 0 are there before the query starts; those that come at 1, while its first batch is at work.
 */
@Checkpoint(LagMeter.class)
class LagMeterCheckpoint {

    private static final int BATCH_SECONDS = 2;
    private static final String PAYMENTS = "payments";
    private static final String REFUNDS = "refunds";

    @Test
    @Order(1)
    void whatWaitsIsCountedOverAllPartitions(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records");
        watch.story()
                .batch(row(0, PAYMENTS, 0, 6), row(0, PAYMENTS, 1, 2))
                .emits(row(0, 4), row(1, 0))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS))));
    }

    @Test
    @Order(2)
    void secondsAreWhatTheQueryNeedsForItAtTheSpeedOfItsLastBatch(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "seconds", "processing");
        watch.story()
                .batch(row(0, PAYMENTS, 0, 9), row(1, PAYMENTS, 0, 2))
                .emits(row(0, 2.5, 2), row(1, 1.5, 2), row(2, 0, 1.5))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS))));
    }

    /** Spark reads four records in each batch, however many come. */
    @Test
    @Order(3)
    void whatArrivesIsWhatTheTopicsGrowBy(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "arriving");
        watch.story()
                .batch(row(0, PAYMENTS, 0, 6), row(1, PAYMENTS, 0, 5), row(2, PAYMENTS, 0, 1))
                .emits(row(0, Double.NaN), row(1, 2.5), row(2, 0.5))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS))));
    }

    @Test
    @Order(4)
    void allKafkaSourcesOfAQueryCountAndNoOthers(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records", "processing");
        watch.story()
                .title("beside the topics, the query reads a file of three lines")
                .batch(row(0, PAYMENTS, 0, 6), row(0, REFUNDS, 0, 1), row(0, "chargebacks", 1, 3))
                .emits(row(0, 4, 3), row(1, 0, 2))
                .run(watch.of(() -> watch.run(watch.kafka(4, PAYMENTS, REFUNDS)
                        .union(watch.kafka(2, "chargebacks"))
                        .union(watch.file(3)))));
    }

    @Test
    @Order(5)
    void everyQueryHasAReadingOfItsOwnUnlessItReadsNoKafka(LagMeter answer) {
        Watch watch = new Watch(answer, "query", "arriving", "processing");
        watch.story()
                .title("a query for each topic, one after the other, and one that reads a file")
                .batch(row(0, PAYMENTS, 0, 4), row(1, PAYMENTS, 0, 2), row(0, REFUNDS, 0, 3))
                .emits(row(0, 1, 1), row(1, Double.NaN, 1.5))
                .run(watch.of(() -> {
                    watch.run(watch.kafka(4, PAYMENTS));
                    watch.run(watch.kafka(4, REFUNDS));
                    watch.run(watch.file(3));
                    watch.noteAll();
                }));
    }

    /** Of six offsets, five are the records' and one is the abortion's; a batch of three offsets has no record. */
    @Test
    @Order(6)
    void withoutSpeedItWouldTakeForEver(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records", "seconds");
        watch.story()
                .title("five records of a transaction that was aborted")
                .batch()
                .emits(row(0, 3, Double.POSITIVE_INFINITY), row(1, 0, 0))
                .run(watch.of(() -> {
                    watch.topic(PAYMENTS).sendAndAbort(watch.records(PAYMENTS, 0, 5));
                    watch.run(watch.kafka(3, PAYMENTS));
                }));
    }

    @Test
    @Order(7)
    void anIdleQueryHasNoRates(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "arriving", "processing");
        watch.story()
                .batch(row(0, PAYMENTS, 0, 3), row(1, PAYMENTS, 0, 2))
                .emits(row(0, Double.NaN, 1.5), row(1, 1, 1), row("idle", 0, 0))
                .run(watch.of(() -> {
                    watch.run(watch.kafka(4, PAYMENTS));
                    watch.awaitIdle();
                }));
    }

    @Test
    @Order(8)
    void aQueryThatHasEndedHasNoReading(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records");
        watch.story()
                .batch(row(0, PAYMENTS, 0, 3))
                .emits(row(0, 0))
                .run(watch.of(() -> watch.stop(watch.run(watch.kafka(4, PAYMENTS)))));
    }

    /** When the batch in which the query died is run once more, Spark does not ask where the topics end. */
    @Test
    @Order(9)
    void aProgressThatDoesNotTellTheEndsSaysNothing(LagMeter answer) {
        Watch watch = new Watch(answer, "batch", "records", "arriving");
        watch.story()
                .title("the query has died in batch 1; now it is started again, with a new meter")
                .batch(row(0, PAYMENTS, 0, 9))
                .emits(row(2, 0, Double.NaN))
                .run(watch.of(() -> {
                    Dataset<Row> query = watch.kafka(4, PAYMENTS);
                    watch.failUnheard(query, 1);
                    watch.run(query);
                }));
    }

    @Test
    @Order(10)
    void whateverComesALoopOverItSaysTheSame(LagMeter answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        int[] limits = {30 + random.nextInt(20), 30 + random.nextInt(20)};
        int[][] come = {
            {60 + random.nextInt(60), random.nextInt(60)},
            {1 + random.nextInt(60), random.nextInt(60)},
            {1 + random.nextInt(60), random.nextInt(60)}
        };
        Watch watch = new Watch(answer, "batch", "records");
        watch.story()
                .title(seed.hint())
                .batch(IntStream.range(0, come.length)
                        .boxed()
                        .flatMap(when ->
                                List.of(row(when, PAYMENTS, 0, come[when][0]), row(when, REFUNDS, 0, come[when][1]))
                                        .stream())
                        .toList())
                .emits(waiting(come, limits))
                .run(watch.of(
                        () -> watch.run(watch.kafka(limits[0], PAYMENTS).union(watch.kafka(limits[1], REFUNDS)))));
    }

    /** The oracle: of each topic, a batch reads what is there, up to its limit. */
    private static List<ScriptRow> waiting(int[][] come, int[] limits) {
        List<ScriptRow> readings = new ArrayList<>();
        int[] waiting = new int[limits.length];
        for (int batch = 0; batch < come.length || IntStream.of(waiting).sum() > 0; batch++) {
            for (int topic = 0; topic < limits.length; topic++) {
                int there = waiting[topic] + (batch < come.length ? come[batch][topic] : 0);
                waiting[topic] = Math.max(0, there - limits[topic]);
            }
            readings.add(row(batch, IntStream.of(waiting).sum()));
        }
        return readings;
    }

    /** Runs queries, lets the answer listen, and notes what it says of a query after each event. */
    private static final class Watch implements Job {

        private static final String INPUT = "comes INT, topic STRING, partition INT, records INT";
        private static final int PARTITIONS = 2;
        private static final long PATIENCE_MILLIS = 20_000;
        /** After so long without data Spark calls a query idle, by the clock that is set by hand. */
        private static final long IDLE_MILLIS = 10_000;

        private final SparkSession spark = SharedSpark.session();
        private final ManualClock clock = new ManualClock(Script.at("12:00").toEpochMilli());
        private final Map<String, KafkaTopic> topics = new HashMap<>();
        private final Map<Dataset<Row>, String> checkpoints = new HashMap<>();
        private final List<UUID> queries = new ArrayList<>();
        private final List<ScriptRow> notes = new ArrayList<>();
        private final LagMeter meter;
        private final List<String> columns;
        private final Ear ear = new Ear();
        private Plot plot;
        private List<ScriptRow> deliveries;
        private long failingBatch = -1;

        Watch(LagMeter meter, String... columns) {
            this.meter = meter;
            this.columns = List.of(columns);
        }

        /** What is done while the answer listens. */
        private interface Plot {
            void run() throws Exception;
        }

        Script story() {
            return Script.of(INPUT).columns(columns.toArray(String[]::new));
        }

        Watch of(Plot plot) {
            this.plot = plot;
            return this;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            deliveries = new ArrayList<>(rows);
            deliver(0);
        }

        @Override
        public void run() throws Exception {
            spark.streams().addListener(ear);
            try {
                plot.run();
            } finally {
                spark.streams().removeListener(ear);
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

        /** Until all there is has been read, and heard of; from where it stopped if it ran before. */
        StreamingQuery run(Dataset<Row> rows) throws Exception {
            StreamingQuery query = start(rows);
            query.processAllAvailable();
            ear.listen();
            return query;
        }

        /** The query dies in this batch, and nobody listens. */
        void failUnheard(Dataset<Row> rows, long batch) throws Exception {
            spark.streams().removeListener(ear);
            failingBatch = batch;
            StreamingQuery query = start(rows);
            try {
                query.processAllAvailable();
            } catch (Exception e) { // Spark does not declare what it throws
                failingBatch = -1;
            }
            ear.listen();
            spark.streams().addListener(ear);
        }

        void stop(StreamingQuery query) throws Exception {
            query.stop();
            ear.listen();
        }

        void awaitIdle() throws Exception {
            clock.advance(IDLE_MILLIS);
            ear.awaitIdle();
        }

        /** Of all queries that ever ran, in their order, what the meter shows now, and nothing else. */
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

        private void deliver(long comes) {
            List<ScriptRow> due =
                    deliveries.stream().filter(row -> row.getInt(0) == comes).toList();
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

        /** A sink on which every batch takes its time. */
        private final class Slow implements Sink {
            @Override
            public void addBatch(long batch, Dataset<Row> rows) {
                if (batch == failingBatch) {
                    throw new IllegalStateException("The query dies here, as the story tells.");
                }
                rows.collectAsList();
                clock.advance(BATCH_SECONDS * 1_000);
                deliver(batch + 1);
            }
        }

        /** Passes each event on to the answer and asks it for its reading. Spark would only log what the answer throws. */
        private final class Ear extends StreamingQueryListener {
            private final AtomicReference<Throwable> thrown = new AtomicReference<>();
            private final CountDownLatch idle = new CountDownLatch(1);

            void listen() throws Exception {
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
                listen();
            }

            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                hear(() -> meter.onQueryStarted(event));
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                hear(() -> {
                    meter.onQueryProgress(event);
                    note(event.progress().batchId(), event.progress().id());
                });
            }

            @Override
            public void onQueryIdle(QueryIdleEvent event) {
                hear(() -> {
                    meter.onQueryIdle(event);
                    note("idle", event.id());
                });
                idle.countDown();
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                hear(() -> {
                    meter.onQueryTerminated(event);
                    note("ended", event.id());
                });
            }

            private void hear(Runnable event) {
                try {
                    event.run();
                } catch (Throwable t) {
                    thrown.compareAndSet(null, t);
                }
            }
        }
    }
}
