package workbook.kit.kafkastreams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import workbook.kit.LocalKafka;
import workbook.kit.Scratch;

/** Runs topologies on a {@link LocalKafka}. */
public final class LocalStreams {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);

    private LocalStreams() {}

    /**
     * Runs a topology until it has processed all records of a topic, and of the repartition topics that it fills. Every
     * update is passed on at once: there is no record cache, which would combine updates until a commit.
     *
     * @param application the application id, the consumer group and the prefix of the topology's own topics
     * @param topology a new one for each run, because Kafka Streams rewrites it for its settings
     */
    public static void runToEnd(LocalKafka kafka, String application, Topology topology, String topic)
            throws InterruptedException {
        try (Running running = start(kafka, application, topology)) {
            running.awaitEnd(topic);
        }
    }

    /** Starts a topology with the settings of {@link #runToEnd}. */
    public static Running start(LocalKafka kafka, String application, Topology topology) {
        Map<String, Object> settings = Map.of(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0, StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        return start(kafka, application, topology, settings);
    }

    /** A topology that runs. */
    public static final class Running implements AutoCloseable {

        private final LocalKafka kafka;
        private final String application;
        private final KafkaStreams streams;

        private Running(LocalKafka kafka, String application, KafkaStreams streams) {
            this.kafka = kafka;
            this.application = application;
            this.streams = streams;
        }

        /** Returns the instance, to query its stores. */
        public KafkaStreams streams() {
            return streams;
        }

        /** Waits until it has processed all records of a topic, and of the repartition topics that it fills. */
        public void awaitEnd(String topic) throws InterruptedException {
            await(any -> hasProcessedAll(kafka.admin(), application, topic));
        }

        private void await(Condition end) throws InterruptedException {
            while (!end.isMet(streams)) {
                if (streams.state() == KafkaStreams.State.ERROR) {
                    throw new IllegalStateException("The topology has failed. WORKBOOK_LOG=warn shows why.");
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        @Override
        public void close() {
            streams.close();
        }
    }

    /**
     * Runs a topology with the default record cache and a single commit, at its end. Until then the cache keeps the newest
     * update of each row.
     *
     * @param application as in {@link #runToEnd}, like the topology
     * @param records the number of records after which it ends; one that goes through a repartition topic counts twice
     */
    public static void runWithOneCommit(LocalKafka kafka, String application, Topology topology, int records)
            throws InterruptedException {
        Map<String, Object> settings = Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, NEVER.toMillis());
        try (Running running = start(kafka, application, topology, settings)) {
            running.await(streams -> processed(streams) >= records);
        }
    }

    private interface Condition {
        boolean isMet(KafkaStreams streams) throws InterruptedException;
    }

    private static Running start(LocalKafka kafka, String application, Topology topology, Map<String, Object> more) {
        Properties settings = new Properties();
        settings.putAll(more);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG, Scratch.folder("kafka-streams-").toString());
        settings.put("auto.offset.reset", "earliest");
        KafkaStreams streams = new KafkaStreams(topology, settings);
        streams.start();
        return new Running(kafka, application, streams);
    }

    /** The records that the threads have processed completely. */
    private static double processed(KafkaStreams streams) {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("stream-thread-metrics")
                        && metric.metricName().name().equals("process-total"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    /** Whether the application has committed the ends of all topics that it reads. */
    private static boolean hasProcessedAll(Admin admin, String application, String topic) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(application)
                    .partitionsToOffsetAndMetadata()
                    .get();
            // Before a commit, the records for the next topic have been written: its end is read after the commits.
            Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(read(admin, application, topic).stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            return ends.entrySet().stream()
                    .allMatch(end -> end.getValue().offset() == 0
                            || committed.containsKey(end.getKey())
                                    && committed.get(end.getKey()).offset()
                                            == end.getValue().offset());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not answer: " + e.getCause(), e);
        }
    }

    private static List<TopicPartition> read(Admin admin, String application, String topic)
            throws ExecutionException, InterruptedException {
        List<String> topics = admin.listTopics().names().get().stream()
                .filter(name ->
                        name.equals(topic) || name.startsWith(application + "-") && name.endsWith("-repartition"))
                .toList();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(described -> described.partitions().stream()
                        .map(partition -> new TopicPartition(described.name(), partition.partition())))
                .toList();
    }
}
