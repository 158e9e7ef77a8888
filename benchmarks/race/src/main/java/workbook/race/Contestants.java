package workbook.race;

import java.util.List;
import java.util.stream.Stream;
import workbook.race.Contestant.Change;

/** The contestants of the race. To add one, add a program to {@code benchmarks/race} and a line here. */
final class Contestants {

    private static final String AT_LEAST_ONCE = "at least once";
    private static final String EXACTLY_ONCE = "exactly once";

    static final List<Contestant> ALL = Stream.of(
                    List.of(new Contestant(Job.NONE, "Kafka alone", "", "", "", List.of())), kafkaStreams(), spark())
            .flatMap(List::stream)
            .toList();

    private Contestants() {}

    private static List<Contestant> kafkaStreams() {
        Change noLinger = new Change("producer.linger.ms", "0", "sends each record at once, not after 100 ms");
        Change noCache = new Change(
                "statestore.cache.max.bytes", "0", "passes each update on at once, not at the next commit, after 30 s");
        Change inMemory = new Change(
                "dsl.store.suppliers.class",
                "org.apache.kafka.streams.state.BuiltInDslStoreSuppliers$InMemoryDslStoreSuppliers",
                "keeps windows in memory; RocksDB has a database for each 45 minutes of event time");
        Change transactions = new Change(
                "processing.guarantee", "exactly_once_v2", "a transaction for each commit, every 100 ms by default");
        String revenue = "OnKafkaStreams";
        String scoring = "ScoringOnKafkaStreams";
        return List.of(
                contestant(Job.REVENUE, "Kafka Streams", revenue, "defaults", AT_LEAST_ONCE),
                contestant(Job.REVENUE, "Kafka Streams", revenue, "tuned", AT_LEAST_ONCE, noCache, noLinger, inMemory),
                contestant(
                        Job.REVENUE,
                        "Kafka Streams",
                        revenue,
                        "exactly once",
                        EXACTLY_ONCE,
                        noCache,
                        noLinger,
                        inMemory,
                        transactions),
                contestant(Job.SCORING, "Kafka Streams", scoring, "defaults", AT_LEAST_ONCE),
                contestant(Job.SCORING, "Kafka Streams", scoring, "tuned", AT_LEAST_ONCE, noLinger));
    }

    private static Contestant contestant(
            Job job, String engine, String program, String setting, String guarantee, Change... changes) {
        return new Contestant(job, engine, program, setting, guarantee, List.of(changes));
    }
}
