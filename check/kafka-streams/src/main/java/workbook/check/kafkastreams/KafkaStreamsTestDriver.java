package workbook.check.kafkastreams;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsConfig.InternalConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import workbook.check.kafkastreams.KafkaStreamsAnswers.Topologies;
import workbook.check.script.BatchResult;
import workbook.check.script.ScriptRow;
import workbook.check.script.TestDriver;
import workbook.kit.Scratch;

/**
 * Runs an answer's topology with Kafka's {@link TopologyTestDriver}: no broker, and one partition of each topic. It
 * processes a record completely before the next, so a batch's output is complete when its last record has been piped.
 *
 * <p>The records of a batch are sent at the same moment of the wall clock, two hours after those of the batch before. Their
 * timestamps are these moments, not the times in the rows. Stores are in memory unless the answer chooses others.
 */
final class KafkaStreamsTestDriver implements TestDriver {

    private static final String IN = "payments";
    private static final String OUT = "revenue";
    private static final String APPLICATION = "checkpoint";
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration BETWEEN_BATCHES = Duration.ofHours(2);

    /** The default of Kafka Streams for {@code EmitStrategy.onWindowClose()}, which the test driver replaces with 0. */
    private static final long EMIT_INTERVAL_MILLIS = 1_000;

    private final Topologies answer;
    private final JsonRows input;
    private final String key;
    private final JsonRows output;
    private final Set<String> changelogs = new HashSet<>();
    private final List<Path> states = new ArrayList<>();
    private Instant now = BEGIN;
    private TopologyTestDriver driver;
    private TestInputTopic<String, String> in;
    private TestOutputTopic<String, String> out;

    /** @param key the column whose text is the key of the input's records */
    KafkaStreamsTestDriver(Topologies answer, JsonRows input, String key, JsonRows output) {
        this.answer = answer;
        this.input = input;
        this.key = key;
        this.output = output;
    }

    @Override
    public void start() {
        StreamsBuilder builder = new StreamsBuilder();
        answer.build(builder, IN, OUT);
        Topology topology = builder.build();
        expectTopics(topology);
        driver = new TopologyTestDriver(topology, settings(), now);
        in = driver.createInputTopic(IN, new StringSerializer(), new StringSerializer());
        out = driver.createOutputTopic(OUT, new StringDeserializer(), new StringDeserializer());
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        states.add(Scratch.folder("kafka-streams-"));
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG, states.get(states.size() - 1).toString());
        settings.put(
                StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
                BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class);
        settings.put(InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION, EMIT_INTERVAL_MILLIS);
        return settings;
    }

    /** @throws AssertionError if the topology does not read the input or does not write the output */
    private static void expectTopics(Topology topology) {
        List<TopologyDescription.Node> nodes = topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .toList();
        boolean reads = nodes.stream()
                .anyMatch(node -> node instanceof TopologyDescription.Source source
                        && source.topicSet() != null
                        && source.topicSet().contains(IN));
        if (!reads) {
            throw new AssertionError("The topology does not read the topic that it is given: call builder.stream(…).");
        }
        boolean writes = nodes.stream()
                .anyMatch(node -> node instanceof TopologyDescription.Sink sink && OUT.equals(sink.topic()));
        if (!writes) {
            throw new AssertionError("The topology does not write the topic that it is given: call .to(…).");
        }
    }

    @Override
    public BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected) {
        now = now.plus(BETWEEN_BATCHES);
        driver.advanceWallClockTime(BETWEEN_BATCHES);
        rows.values().stream().flatMap(List::stream).forEach(this::pipe);
        List<ScriptRow> emitted = out.readValuesToList().stream()
                .filter(Objects::nonNull)
                .map(output::fromJson)
                .toList();
        return new BatchResult(emitted, BatchResult.Metrics.NONE);
    }

    private void pipe(ScriptRow row) {
        Object keyed = row.get(input.schema().index(key));
        in.pipeInput(Objects.toString(keyed, null), input.toJson(row), now);
    }

    /**
     * A store has after the restart what is in its changelog topic: a store without one is empty. As when Kafka Streams restores it,
     * no processor sees the records.
     */
    @Override
    public void restart() {
        Map<String, List<KeyValue<Bytes, byte[]>>> restored = new LinkedHashMap<>();
        driver.getAllStateStores().forEach((name, store) -> {
            if (driver.producedTopicNames().contains(APPLICATION + "-" + name + "-changelog")) {
                changelogs.add(name);
            }
            if (changelogs.contains(name)) {
                restored.put(name, content(name, store));
            }
        });
        driver.close();
        start();
        restored.forEach((name, content) ->
                innermost(name, driver.getAllStateStores().get(name)).putAll(content));
    }

    private static List<KeyValue<Bytes, byte[]>> content(String name, StateStore store) {
        List<KeyValue<Bytes, byte[]>> content = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = innermost(name, store).all()) {
            all.forEachRemaining(content::add);
        }
        return content;
    }

    /** The store below the layers that convert, measure, cache and log. */
    @SuppressWarnings("unchecked") // the innermost store has bytes
    private static KeyValueStore<Bytes, byte[]> innermost(String name, StateStore store) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> layer) {
            inner = layer.wrapped();
        }
        if (inner instanceof KeyValueStore<?, ?> keyValues) {
            return (KeyValueStore<Bytes, byte[]>) keyValues;
        }
        throw new IllegalStateException(
                "The store " + name + " is lost at a restart: only a key-value store is restored here.");
    }

    @Override
    public List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows) {
        throw new IllegalStateException("The sink of a topology is a topic, which a script cannot let fail.");
    }

    @Override
    public void close() {
        try {
            if (driver != null) {
                driver.close();
            }
        } finally {
            states.forEach(Scratch::delete);
        }
    }
}
