package workbook.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A Kafka broker for programs and tests of the workbook.
 *
 * <pre>{@code
 * try (LocalKafka kafka = LocalKafka.start()) {
 *     kafka.createTopic("payments", 2);
 *     ... kafka.bootstrapServers() ...
 * }
 * }</pre>
 *
 * <p>The environment variable {@code WORKBOOK_KAFKA} selects the broker:
 * <ul>
 * <li>unset or {@code embedded}: one broker in this JVM (KRaft, no ZooKeeper), on free loopback ports; its log is
 *     deleted when the JVM ends;
 * <li>{@code host:port}: your own broker, which keeps running;
 * <li>{@code container}: Kafka's official image, run by Testcontainers; needs a Docker engine.
 * </ul>
 */
public final class LocalKafka implements AutoCloseable {

    /** The environment variable that selects the broker. */
    public static final String CHOICE = "WORKBOOK_KAFKA";

    private static final long TIMEOUT_SECONDS = 15;
    private static final long PAUSE_MILLIS = 10;

    private final String bootstrapServers;
    private final AutoCloseable broker;
    private final Admin admin;

    private LocalKafka(String bootstrapServers, AutoCloseable broker) {
        this.bootstrapServers = bootstrapServers;
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /**
     * Starts the broker that {@code WORKBOOK_KAFKA} selects, or connects to it.
     *
     * @throws NoKafkaException if this fails; the message gives the cause and the remedy
     */
    public static LocalKafka start() {
        return start(Optional.ofNullable(System.getenv(CHOICE)).orElse("embedded"));
    }

    /** Like {@link #start()}, on another thread, so that Spark can start at the same time. */
    public static CompletableFuture<LocalKafka> startInBackground() {
        return CompletableFuture.supplyAsync(LocalKafka::start);
    }

    /**
     * Starts a broker in this JVM on this loopback port, regardless of {@code WORKBOOK_KAFKA}. Its log stays in the
     * folder, and the next broker there continues it.
     *
     * @throws NoKafkaException if it does not start, for example because the port is in use
     */
    public static LocalKafka startIn(Path folder, int port) {
        EmbeddedBroker broker = EmbeddedBroker.startIn(folder, port);
        return new LocalKafka(broker.bootstrapServers(), broker);
    }

    static LocalKafka start(String choice) {
        return switch (choice) {
            case "", "embedded" -> {
                EmbeddedBroker broker = EmbeddedBroker.start();
                yield new LocalKafka(broker.bootstrapServers(), broker);
            }
            case "container" -> {
                ContainerBroker broker = ContainerBroker.start();
                yield new LocalKafka(broker.bootstrapServers(), broker);
            }
            default -> connect(choice);
        };
    }

    /**
     * Connects to a broker that is already running; {@link #close} leaves it running.
     *
     * @param address {@code host:port}
     * @throws NoKafkaException if no broker answers there
     */
    public static LocalKafka connect(String address) {
        if (!address.matches("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*")) {
            throw new NoKafkaException(
                    CHOICE + "=" + address + " is not valid. Use host:port for your own broker,"
                            + " `container` for a broker in Docker, or unset it to use a broker in this JVM.",
                    null);
        }
        try {
            LocalKafka kafka = new LocalKafka(address, () -> {});
            kafka.awaitCluster();
            return kafka;
        } catch (org.apache.kafka.common.KafkaException e) {
            throw unreachable(address, e);
        }
    }

    private void awaitCluster() {
        try {
            admin.describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            admin.close(Duration.ZERO);
            throw unreachable(bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(bootstrapServers, e);
        }
    }

    private static NoKafkaException unreachable(String address, Exception cause) {
        return new NoKafkaException(
                "No Kafka broker answers at " + address + " (" + CHOICE + "). Start it, correct the"
                        + " address, or unset " + CHOICE + " to use a broker in this JVM.",
                cause);
    }

    /** The address for clients, such as {@code 127.0.0.1:40123}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** An admin client of this broker; it is closed with the broker. */
    public Admin admin() {
        return admin;
    }

    /** Creates a topic with one replica; an existing topic is left unchanged. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic with one replica and the given settings; an existing topic is left unchanged. Returns when the
     * broker leads all partitions: it learns of a new topic after the controller, and lists the topic before it leads
     * the partitions. A producer that sends earlier may have its first batch rejected and its second accepted, and is
     * then out of sequence.
     */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
        try {
            try {
                admin.createTopics(List.of(topic)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            awaitLeaders(awaitTopic(name));
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Topic " + name + " was not created: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topic " + name, e);
        }
    }

    private TopicDescription awaitTopic(String name) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try {
                return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Only a partition's leader answers a request for its end offset. */
    private void awaitLeaders(TopicDescription topic) throws ExecutionException, InterruptedException {
        admin.listOffsets(topic.partitions().stream()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic.name(), partition.partition()),
                                partition -> OffsetSpec.latest())))
                .all()
                .get();
    }

    /** Stops the broker, unless it is your own. */
    @Override
    public void close() {
        admin.close();
        try {
            broker.close();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The broker at " + bootstrapServers + " did not stop: " + e.getMessage(), e);
        }
    }

    /** There is no broker to use. The message gives the cause and the remedy. */
    public static final class NoKafkaException extends RuntimeException {
        NoKafkaException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
