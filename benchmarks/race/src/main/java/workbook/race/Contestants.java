package workbook.race;

import static workbook.race.Contestant.EXACTLY_ONCE;

import java.util.List;
import java.util.stream.Stream;
import workbook.race.Contestant.Change;

/** The contestants of the race. To add one, add a program to {@code benchmarks/race} and a line here. */
final class Contestants {

    static final List<Contestant> ALL = Stream.of(kafka(), kafkaStreams(), flink(), spark(), storm(), beam())
            .flatMap(List::stream)
            .toList();

    private static final String AT_LEAST_ONCE = "at least once";

    private Contestants() {}

    private static List<Contestant> kafka() {
        return List.of(new Contestant(Job.NONE, "Kafka alone", "", "", List.of(), 1));
    }

    private static List<Contestant> kafkaStreams() {
        Change noLinger = new Change("producer.linger.ms", "0", "sends each record at once, not after 100 ms");
        List<Change> tuned = List.of(
                new Change(
                        "statestore.cache.max.bytes",
                        "0",
                        "passes each update on at once, not after 30 s, at a commit"),
                new Change(
                        "dsl.store.suppliers.class",
                        "org.apache.kafka.streams.state.BuiltInDslStoreSuppliers$InMemoryDslStoreSuppliers",
                        "keeps windows in memory; RocksDB has a database for each 45 minutes of event time"),
                noLinger);
        Change transactions = new Change(
                "processing.guarantee", "exactly_once_v2", "a transaction for each commit, every 100 ms by default");
        return List.of(
                revenue("Kafka Streams", "defaults", AT_LEAST_ONCE, List.of()),
                revenue("Kafka Streams", "tuned", AT_LEAST_ONCE, tuned),
                revenue("Kafka Streams", EXACTLY_ONCE, EXACTLY_ONCE, tuned, transactions),
                scoring("Kafka Streams", "tuned", AT_LEAST_ONCE, noLinger));
    }

    /** Without checkpoints there is no guarantee: a process that fails loses its state. */
    private static List<Contestant> flink() {
        Change noLinger = new Change("properties.linger.ms", "0", "sends each record at once, not after 5 ms");
        Change buffers = new Change(
                "execution.buffer-timeout.interval", "1ms", "passes a buffer on after 1 ms, not after 100 ms");
        List<Change> tuned = List.of(
                new Change("pipeline.auto-watermark-interval", "5ms", "emits watermarks every 5 ms, not every 200 ms"),
                buffers,
                noLinger);
        Change checkpoints =
                new Change("execution.checkpointing.interval", "1s", "by default there are no checkpoints");
        return List.of(
                revenue("Flink", "defaults", "none", List.of()),
                revenue("Flink", "tuned", "none", tuned),
                revenue(
                        "Flink",
                        "checkpoints",
                        AT_LEAST_ONCE,
                        tuned,
                        checkpoints,
                        new Change(
                                "sink.delivery-guarantee",
                                "at-least-once",
                                "a checkpoint waits until its rows are written")),
                revenue(
                        "Flink",
                        EXACTLY_ONCE,
                        EXACTLY_ONCE,
                        tuned,
                        checkpoints,
                        new Change("sink.delivery-guarantee", "exactly-once", "a transaction for each checkpoint"),
                        new Change(
                                "properties.transaction.timeout.ms",
                                "900000",
                                "15 minutes, the most that Kafka allows by default, not an hour")),
                scoring("Flink", "tuned", "none", buffers, noLinger));
    }

    /** Checkpoints are always on; the sink for Kafka repeats a batch that was not finished. */
    private static List<Contestant> spark() {
        List<Change> tuned = List.of(
                new Change("spark.sql.shuffle.partitions", "2", "two state stores, not 200"),
                new Change(
                        "spark.sql.streaming.stateStore.providerClass",
                        "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider",
                        "keeps the state outside of the heap"),
                new Change(
                        "spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled",
                        "true",
                        "writes what a batch has changed, not a snapshot"),
                new Change(
                        "spark.sql.streaming.checkpointFileManagerClass",
                        "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager",
                        "writes checkpoints with the file system of the next setting"),
                new Change(
                        "spark.hadoop.fs.file.impl",
                        "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem",
                        "starts no process to set the permissions of a file"));
        Change noLinger = new Change("kafka.linger.ms", "0", "sends each score at once, not after 5 ms");
        return List.of(
                revenue("Spark", "defaults", AT_LEAST_ONCE, List.of()),
                revenue("Spark", "tuned", AT_LEAST_ONCE, tuned),
                scoring("Spark", "real time", AT_LEAST_ONCE, noLinger));
    }

    /** Acks: a payment that was not counted comes again after 30 seconds. A worker that dies may repeat an hour. */
    private static List<Contestant> storm() {
        Change noLinger = new Change("linger.ms", "0", "sends each record at once, not after 5 ms");
        return List.of(
                revenue("Storm", "defaults", AT_LEAST_ONCE, List.of()),
                revenue("Storm", "tuned", AT_LEAST_ONCE, List.of(noLinger)),
                scoring("Storm", "tuned", AT_LEAST_ONCE, noLinger));
    }

    /** The direct runner keeps everything in memory. It is made for tests, so it gets few payments. */
    private static List<Contestant> beam() {
        Change read = new Change(
                "experiments",
                "use_sdf_read",
                "the default reader of KafkaIO gets no record with the client of Kafka 4.3");
        List<Change> tuned = List.of(
                read,
                new Change("enforceImmutability", "false", "does not check that elements are not changed"),
                new Change("enforceEncodability", "false", "does not check that elements can be encoded"));
        return List.of(
                new Contestant(Job.REVENUE, "Beam", "defaults", "none", List.of(read), 40),
                new Contestant(Job.REVENUE, "Beam", "tuned", "none", tuned, 40));
    }

    private static Contestant revenue(
            String engine, String setting, String guarantee, List<Change> changes, Change... more) {
        List<Change> all = Stream.concat(changes.stream(), Stream.of(more)).toList();
        return new Contestant(Job.REVENUE, engine, setting, guarantee, all, 1);
    }

    private static Contestant scoring(String engine, String setting, String guarantee, Change... changes) {
        return new Contestant(Job.SCORING, engine, setting, guarantee, List.of(changes), 1);
    }
}
