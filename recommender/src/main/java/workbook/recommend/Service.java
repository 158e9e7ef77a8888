package workbook.recommend;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import lesson14.RecommendApi;
import lesson14.RecommendStream;
import lesson14.RecommendStream.Served;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.Stores;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;
import workbook.kit.kafkastreams.JsonSerde;

/**
 * An instance of the recommender: {@link RecommendStream} reads events and writes lists, a store keeps the last list of each
 * customer, and {@link RecommendApi} serves it.
 */
final class Service implements AutoCloseable {

    static final String EVENTS = "events";
    static final String SERVED = "recommendations";

    private static final String STORE = "lists";
    private static final int PARTITIONS = 2;
    private static final int READING = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalKafka kafka;
    private final KafkaStreams streams;

    private Service(LocalKafka kafka, KafkaStreams streams) {
        this.kafka = kafka;
        this.streams = streams;
    }

    /** Starts the stream, and serves it at {@code /recommendations}. Returns when the stream runs. */
    static Service start(LocalKafka kafka, Nights nights, ApiServer api) throws InterruptedException {
        kafka.createTopic(EVENTS, PARTITIONS);
        kafka.createTopic(SERVED, PARTITIONS, Map.of("cleanup.policy", "compact"));
        ColdStartLists lists = new ColdStartLists(nights);
        lists.current(); // so that the first request does not wait for a file
        KafkaStreams streams = new KafkaStreams(topology(nights, lists), settings(kafka, api));
        CountDownLatch runs = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                runs.countDown();
            }
        });
        api.add(
                "/",
                new RecommendApi()
                        .handler(
                                new StreamStore(streams, STORE, lists),
                                api.uri(),
                                new RecommendApi.Limits(ColdStartLists.LENGTH, READING),
                                Clock.systemUTC()));
        streams.start();
        if (!runs.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            streams.close();
            throw new IllegalStateException(
                    "The stream does not run after " + PATIENCE.toSeconds() + " s: it is " + streams.state() + ".");
        }
        return new Service(kafka, streams);
    }

    private static Topology topology(Nights nights, ColdStartLists lists) {
        StreamsBuilder builder = new StreamsBuilder();
        new RecommendStream().recommend(builder, EVENTS, SERVED, nights, lists);
        builder.table(
                SERVED,
                Consumed.with(Serdes.String(), JsonSerde.of(Served.class)),
                Materialized.<String, Served>as(Stores.inMemoryKeyValueStore(STORE))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(JsonSerde.of(Served.class)));
        return builder.build();
    }

    private static Properties settings(LocalKafka kafka, ApiServer api) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "recommend");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, api.uri().getAuthority());
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG, Scratch.folder("kafka-streams-").toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0); // a list is stored when it is written
        settings.put("auto.offset.reset", "earliest");
        return settings;
    }

    boolean hasFailed() {
        return streams.state() == KafkaStreams.State.ERROR;
    }

    /** The number of records in a topic. Compaction does not change it. */
    long written(String topic) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> latest = Map.of(
                    new TopicPartition(topic, 0),
                    OffsetSpec.latest(),
                    new TopicPartition(topic, 1),
                    OffsetSpec.latest());
            return kafka.admin().listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The broker does not answer: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public void close() {
        streams.close();
    }
}
