package workbook.recommend;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lesson14.RecommendApi.NotReady;
import lesson14.RecommendApi.Ranking;
import lesson14.RecommendApi.Store;
import lesson14.RecommendStream.Served;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The last list of each customer, in a state store of Kafka Streams on one of the instances, and the popular list of the current model. */
final class StreamStore implements Store {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final KafkaStreams streams;
    private final String store;
    private final ColdStartLists lists;

    /** @param store the name of the store, by customer */
    StreamStore(KafkaStreams streams, String store, ColdStartLists lists) {
        this.streams = streams;
        this.store = store;
        this.lists = lists;
    }

    @Override
    public URI owner(int customer) {
        KeyQueryMetadata owner = ready(() -> streams.queryMetadataForKey(
                store, String.valueOf(customer), Serdes.String().serializer()));
        if (owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw new NotReady(RETRY_AFTER);
        }
        return uri(owner.activeHost().host(), owner.activeHost().port());
    }

    static URI uri(String host, int port) {
        return URI.create("http://" + host + ":" + port);
    }

    @Override
    public Optional<Ranking> personal(int customer) {
        ReadOnlyKeyValueStore<String, Served> served = ready(
                () -> streams.store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore())));
        return Optional.ofNullable(ready(() -> served.get(String.valueOf(customer))))
                .map(row -> new Listed(row.version(), row.time(), () -> terminals(row)));
    }

    private static List<Integer> terminals(Served row) {
        return Stream.of(row.terminals().split(","))
                .filter(terminal -> !terminal.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public Ranking popular() {
        String name = lists.current();
        ColdStartLists.Version version = lists.version(name);
        return new Listed(name, version.newest(), version::popular);
    }

    /** Kafka Streams throws both of them while it does not run, and the first while partitions move. */
    private static <T> T ready(Supplier<T> query) {
        try {
            return query.get();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw new NotReady(RETRY_AFTER);
        }
    }

    private record Listed(String version, Instant newest, Supplier<List<Integer>> terminals) implements Ranking {
        @Override
        public List<Integer> best(int k) {
            return terminals.get().stream().limit(k).toList();
        }
    }
}
