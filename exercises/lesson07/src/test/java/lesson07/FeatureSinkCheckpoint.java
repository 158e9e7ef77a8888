package lesson07;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.foreachBatch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson07.FeatureSink.Entry;
import lesson07.FeatureSink.Store;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/** The features are a count and a mean; a row without a count has none. The output is what the store holds. */
@Checkpoint(FeatureSink.class)
class FeatureSinkCheckpoint {

    private static final String SCHEMA = "key STRING, time TIMESTAMP, id BIGINT, count INT, mean DOUBLE";
    private static final String ANNA = "customer/10";
    private static final String BEN = "customer/11";
    private static final String CARLA = "customer/12";
    private static final Object[] KEYS = Stream.concat(
                    Stream.of(ANNA, BEN, CARLA, "terminal/7", ""),
                    IntStream.range(100, 160).mapToObj(customer -> "customer/" + customer))
            .toArray();

    private final MemoryStore store = MemoryStore.create();

    @Test
    @Order(1)
    void theStoreHasTheNewestFeaturesOfEachKey(FeatureSink answer) {
        script().batch(
                        features(ANNA, "09:20", 3, 2, 10.0),
                        features(ANNA, "09:30", 4, 3, 8.5),
                        features(ANNA, "09:10", 1, 1, 20.0),
                        features(BEN, "09:15", 2, 1, 30.0))
                .emits(features(ANNA, "09:30", 4, 3, 8.5), features(BEN, "09:15", 2, 1, 30.0))
                .batch(features(CARLA, "08:00", 5, 1, 1.0), features(ANNA, "09:40", 6, 1, -2.5))
                .emits(
                        features(ANNA, "09:40", 6, 1, -2.5),
                        features(BEN, "09:15", 2, 1, 30.0),
                        features(CARLA, "08:00", 5, 1, 1.0))
                .run(sink(answer));
    }

    @Test
    @Order(2)
    void anOlderRowOfALaterBatchChangesNothing(FeatureSink answer) {
        script().batch(features(ANNA, "09:30", 4, 3, 8.5), features(BEN, "09:15", 2, 1, 30.0))
                .emits(features(ANNA, "09:30", 4, 3, 8.5), features(BEN, "09:15", 2, 1, 30.0))
                .batch(features(ANNA, "09:20", 9, 9, 99.0), features(BEN, "09:16", 1, 2, 31.0))
                .emits(features(ANNA, "09:30", 4, 3, 8.5), features(BEN, "09:16", 1, 2, 31.0))
                .run(sink(answer));
    }

    @Test
    @Order(3)
    void atTheSameTimeTheHigherIdCounts(FeatureSink answer) {
        script().batch(
                        features(ANNA, "09:30", 10, 2, 8.5),
                        features(ANNA, "09:30", 9, 1, 9.5),
                        features(BEN, "09:30", 5, 7, 1.0))
                .emits(features(ANNA, "09:30", 10, 2, 8.5), features(BEN, "09:30", 5, 7, 1.0))
                .batch(features(ANNA, "09:30", 2, 3, 7.5), features(BEN, "09:30", 6, 3, 2.0))
                .emits(features(ANNA, "09:30", 10, 2, 8.5), features(BEN, "09:30", 6, 3, 2.0))
                .run(sink(answer));
    }

    @Test
    @Order(4)
    void aMicrosecondLaterIsNewer(FeatureSink answer) {
        Instant later = at("09:30").plusNanos(1_000);
        script().batch(row(ANNA, at("09:30"), 9, 1, 8.5), row(ANNA, later, 4, 2, 9.5), row(BEN, later, 1, 3, 5.0))
                .emits(row(ANNA, later, 4, 2, 9.5), row(BEN, later, 1, 3, 5.0))
                .batch(row(ANNA, later.plusNanos(1_000), 3, 3, 7.5), row(BEN, at("09:30"), 8, 4, 6.0))
                .emits(row(ANNA, later.plusNanos(1_000), 3, 3, 7.5), row(BEN, later, 1, 3, 5.0))
                .run(sink(answer));
    }

    @Test
    @Order(5)
    void whatOthersHaveWrittenIsReplacedOnlyByNewerRows(FeatureSink answer) {
        store.write(ANNA, entry("09:30", 4, 3, 8.5));
        store.write(BEN, entry("09:30", 4, 3, 8.5));
        store.write(CARLA, entry("09:30", 4, 3, 8.5));
        script().batch(features(ANNA, "09:31", 5, 4, 9.5), features(BEN, "09:29", 6, 5, 7.5))
                .emits(
                        features(ANNA, "09:31", 5, 4, 9.5),
                        features(BEN, "09:30", 4, 3, 8.5),
                        features(CARLA, "09:30", 4, 3, 8.5))
                .expects("writes", 1, store::writes)
                .run(sink(answer));
    }

    @Test
    @Order(6)
    void aKeyOfABatchIsWrittenOnceAndARepeatedRowIsNot(FeatureSink answer) {
        script().batch(
                        features(ANNA, "09:10", 1, 1, 20.0),
                        features(ANNA, "09:20", 3, 2, 10.0),
                        features(ANNA, "09:30", 4, 3, 8.5),
                        features(BEN, "09:15", 2, 1, 30.0))
                .emits(features(ANNA, "09:30", 4, 3, 8.5), features(BEN, "09:15", 2, 1, 30.0))
                .expects("writes", 2, store::writes)
                .batch(features(ANNA, "09:20", 3, 2, 10.0), features(ANNA, "09:30", 4, 3, 8.5))
                .emits(features(ANNA, "09:30", 4, 3, 8.5), features(BEN, "09:15", 2, 1, 30.0))
                .expects("writes", 2, store::writes)
                .run(foreachBatch(() -> inPartitions(withFeatures(answer.sink(store))), store::rows));
    }

    @Test
    @Order(7)
    void featuresAreStoredAsTheyAreAlsoNone(FeatureSink answer) {
        script().batch(
                        features(ANNA, "09:10", 1, 1, 20.0),
                        features(BEN, "09:15", 2, 0, null),
                        features(CARLA, "09:15", 3, 1, Double.NaN))
                .emits(
                        features(ANNA, "09:10", 1, 1, 20.0),
                        features(BEN, "09:15", 2, 0, null),
                        features(CARLA, "09:15", 3, 1, Double.NaN))
                .batch(features(ANNA, "09:20", 4, null, null), features(BEN, "09:10", 5, 3, 1.0))
                .emits(
                        features(ANNA, "09:20", 4, null, null),
                        features(BEN, "09:15", 2, 0, null),
                        features(CARLA, "09:15", 3, 1, Double.NaN))
                .batch(features(ANNA, "09:15", 6, 1, 20.0))
                .emits(
                        features(ANNA, "09:20", 4, null, null),
                        features(BEN, "09:15", 2, 0, null),
                        features(CARLA, "09:15", 3, 1, Double.NaN))
                .run(sink(answer));
    }

    @Test
    @Order(8)
    void rowsWithoutKeyTimeOrIdAreNotStored(FeatureSink answer) {
        script().batch(
                        features(ANNA, "09:10", 1, 1, 20.0),
                        features(null, "09:20", 2, 2, 21.0),
                        row(ANNA, null, 3, 3, 22.0),
                        row(BEN, null, 3, 3, 22.0),
                        features(CARLA, "09:30", null, 4, 23.0),
                        features(ANNA, "09:30", null, 4, 23.0),
                        features("", "09:10", 0, 5, 24.0))
                .emits(features("", "09:10", 0, 5, 24.0), features(ANNA, "09:10", 1, 1, 20.0))
                .batch(row(null, null, null, null, null))
                .emits(features("", "09:10", 0, 5, 24.0), features(ANNA, "09:10", 1, 1, 20.0))
                .run(sink(answer));
    }

    /** Anna's entry of the other process is older than the row, Ben's newer; Carla has had none. */
    @Test
    @Order(9)
    void anotherProcessMayWriteBetweenReadingAndWriting(FeatureSink answer) {
        store.write(ANNA, entry("09:00", 1, 1, 20.0));
        store.write(BEN, entry("09:00", 1, 1, 20.0));
        store.meanwhile(ANNA, entry("09:20", 5, 2, 10.0));
        store.meanwhile(BEN, entry("09:40", 6, 3, 11.0));
        store.meanwhile(CARLA, entry("09:40", 7, 4, 12.0));
        script().batch(
                        features(ANNA, "09:30", 2, 5, 13.0),
                        features(BEN, "09:30", 3, 6, 14.0),
                        features(CARLA, "09:30", 4, 7, 15.0))
                .emits(
                        features(ANNA, "09:30", 2, 5, 13.0),
                        features(BEN, "09:40", 6, 3, 11.0),
                        features(CARLA, "09:40", 7, 4, 12.0))
                .run(sink(answer));
    }

    @Test
    @Order(10)
    void otherProcessesMayComeFirstSeveralTimes(FeatureSink answer) {
        store.meanwhile(ANNA, entry("09:00", 1, 1, 20.0));
        store.meanwhile(ANNA, entry("09:10", 1, 2, 21.0));
        store.meanwhile(ANNA, entry("09:20", 1, 3, 22.0));
        store.meanwhile(BEN, entry("09:10", 1, 1, 20.0));
        store.meanwhile(BEN, entry("09:50", 1, 2, 21.0));
        script().batch(features(ANNA, "09:30", 2, 5, 13.0), features(BEN, "09:30", 3, 6, 14.0))
                .emits(features(ANNA, "09:30", 2, 5, 13.0), features(BEN, "09:50", 1, 2, 21.0))
                .run(sink(answer));
    }

    @Test
    @Order(11)
    void aBatchThatCannotBeStoredIsPassedAgain(FeatureSink answer) {
        AtomicBoolean hasReturned = new AtomicBoolean();
        script().batch(features(ANNA, "09:30", 4, 3, 8.5))
                .emits(features(ANNA, "09:30", 4, 3, 8.5))
                .expects("then the store", "fails", store::failOnce)
                .batch(features(ANNA, "09:40", 5, 4, 9.5), features(BEN, "09:15", 2, 1, 30.0))
                .sinkFails()
                .emits(features(ANNA, "09:40", 5, 4, 9.5), features(BEN, "09:15", 2, 1, 30.0))
                .run(foreachBatch(
                        () -> {
                            VoidFunction2<Dataset<Row>, Long> sink = withFeatures(answer.sink(store));
                            return (batch, number) -> {
                                boolean fails = store.isFailing();
                                try {
                                    sink.call(batch, number);
                                } catch (Exception e) {
                                    if (!fails) {
                                        throw e;
                                    }
                                    return; // the script fails the query
                                }
                                hasReturned.compareAndSet(false, fails);
                            };
                        },
                        store::rows));
        if (hasReturned.get()) {
            throw new AssertionError("""
                    The store threw an exception, and the function returned without one. Spark then commits the batch and does
                    not pass it again: its features are lost.""");
        }
    }

    @Test
    @Order(12)
    void randomBatchesLeaveTheNewestRowOfEachKey(FeatureSink answer) {
        Seed seed = Seed.next();
        Script script = script().title(seed.hint());
        List<ScriptRow> soFar = new ArrayList<>();
        RandomRows rows = RandomRows.of(SCHEMA)
                .oneOf("key", KEYS)
                .without((row, earlier) -> Objects.equals(row.get(0), earlier.get(0))
                        && Objects.equals(row.get(1), earlier.get(1))
                        && Objects.equals(row.get(2), earlier.get(2))
                        && !row.equals(earlier)); // as the task says
        for (List<ScriptRow> batch : rows.batches(seed.random(), 3, 60)) {
            soFar.addAll(batch);
            script.batch(batch).emits(newest(soFar));
            if (batch.size() % 2 == 0) {
                script.sinkFails();
            }
        }
        script.run(sink(answer));
    }

    private static List<ScriptRow> newest(List<ScriptRow> rows) {
        Map<String, ScriptRow> newest = new TreeMap<>();
        Comparator<ScriptRow> byAge = Comparator.<ScriptRow, Instant>comparing(row -> row.getInstant(1))
                .thenComparing(row -> (Long) row.get(2));
        for (ScriptRow row : rows) {
            if (row.get(0) != null && row.get(1) != null && row.get(2) != null) {
                newest.merge(row.getString(0), row, BinaryOperator.maxBy(byAge));
            }
        }
        return newest.values().stream()
                .map(row -> row.get(3) == null ? row(row.get(0), row.get(1), row.get(2), null, null) : row)
                .toList();
    }

    private RunnableAnswer sink(FeatureSink answer) {
        return foreachBatch(() -> withFeatures(answer.sink(store)), store::rows);
    }

    /** Passes four rows in four partitions, the oldest first: the last one begins when others have ended. */
    private static VoidFunction2<Dataset<Row>, Long> inPartitions(VoidFunction2<Dataset<Row>, Long> sink) {
        return (batch, number) -> sink.call(batch.repartitionByRange(4, col("time")), number);
    }

    /** Passes count and mean as a struct, with a map, which cannot be compared; without a count, null. */
    private static VoidFunction2<Dataset<Row>, Long> withFeatures(VoidFunction2<Dataset<Row>, Long> sink) {
        return (batch, number) -> sink.call(
                batch.select(
                        col("key"),
                        col("time"),
                        col("id"),
                        when(col("count").isNotNull(), struct(col("count"), col("mean"), map(lit("mean"), col("mean"))))
                                .as("features")),
                number);
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(SCHEMA.split(", "));
    }

    private static ScriptRow features(String key, String time, Object id, Object count, Object mean) {
        return row(key, at(time), id, count, mean);
    }

    private static Entry entry(String time, long id, int count, double mean) {
        return new Entry(at(time), id, RowFactory.create(count, mean));
    }

    /** A store in this JVM. Copies that Spark makes of it have the same content. */
    private record MemoryStore(String name) implements Store {

        private static final Map<String, Content> CONTENTS = new ConcurrentHashMap<>();

        private static final class Content {
            final Map<String, Entry> entries = new TreeMap<>();
            final Map<String, Queue<Entry>> ofOthers = new TreeMap<>();
            int writes;
            boolean fails;
        }

        static MemoryStore create() {
            MemoryStore store = new MemoryStore(UUID.randomUUID().toString());
            CONTENTS.put(store.name, new Content());
            return store;
        }

        private Content content() {
            return CONTENTS.get(name);
        }

        @Override
        public Optional<Entry> get(String key) {
            synchronized (content()) {
                return Optional.ofNullable(content().entries.get(Objects.requireNonNull(key)));
            }
        }

        @Override
        public void put(String key, Entry entry) {
            synchronized (content()) {
                beforeWrite(key);
                write(key, entry);
                content().writes++;
            }
        }

        @Override
        public boolean replace(String key, Entry expected, Entry entry) {
            synchronized (content()) {
                beforeWrite(key);
                if (!Objects.equals(content().entries.get(key), expected)) {
                    return false;
                }
                write(key, entry);
                content().writes++;
                return true;
            }
        }

        /** Another process comes first, or the store fails at the second of two keys. */
        private void beforeWrite(String key) {
            Objects.requireNonNull(key);
            if (content().fails && key.equals(BEN)) {
                content().fails = false;
                throw new IllegalStateException("The store does not answer.");
            }
            Queue<Entry> others = content().ofOthers.get(key);
            if (others != null && !others.isEmpty()) {
                content().entries.put(key, others.remove());
            }
        }

        /** Another process writes. */
        void write(String key, Entry entry) {
            content().entries.put(key, Objects.requireNonNull(entry));
        }

        /** Another process writes right before the next write of this key. */
        void meanwhile(String key, Entry entry) {
            content().ofOthers.computeIfAbsent(key, any -> new ArrayDeque<>()).add(entry);
        }

        String failOnce() {
            content().fails = true;
            return "fails";
        }

        boolean isFailing() {
            return content().fails;
        }

        int writes() {
            return content().writes;
        }

        List<Row> rows() {
            synchronized (content()) {
                return content().entries.entrySet().stream()
                        .map(one -> row(one.getKey(), one.getValue()))
                        .toList();
            }
        }

        private static Row row(String key, Entry entry) {
            Row features = entry.features() == null ? RowFactory.create(null, null) : entry.features();
            return RowFactory.create(key, entry.time(), entry.id(), features.get(0), features.get(1));
        }
    }
}
