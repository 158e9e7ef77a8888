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
 * A Kafka broker to learn with.
 *
 * <pre>{@code
 * try (LocalKafka kafka = LocalKafka.start()) {
 *     kafka.createTopic("payments", 2);
 *     ... kafka.bootstrapServers() ...
 * }
 * }</pre>
 *
 * <p>The environment variable {@code WORKBOOK_KAFKA} chooses which:
 * <ul>
 * <li>unset or {@code embedded}: one broker in this JVM (KRaft, no ZooKeeper), on free loopback ports, its log in a
 *     folder that goes when the JVM ends;
 * <li>{@code host:port}: a broker of yours, which is left running;
 * <li>{@code container}: Kafka's own image, by Testcontainers; needs a Docker engine.
 * </ul>
 */
public final class LocalKafka implements AutoCloseable {

    /** The environment variable that chooses the broker. */
    public static final String CHOICE = "WORKBOOK_KAFKA";

    private static final long ANSWER_SECONDS = 15;
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
     * Starts (or reaches) the broker that {@code WORKBOOK_KAFKA} asks for.
     *
     * @throws NoKafkaException if it cannot be had; the message says why and what to do
     */
    public static LocalKafka start() {
        return start(Optional.ofNullable(System.getenv(CHOICE)).orElse("embedded"));
    }

    /** The same on another thread, so that Spark can start meanwhile. */
    public static CompletableFuture<LocalKafka> startInBackground() {
        return CompletableFuture.supplyAsync(LocalKafka::start);
    }

    /**
     * Starts a broker in this JVM, on this port of the loopback address, whatever the environment says. Its log stays in
     * the folder, and the next broker there goes on with it.
     *
     * @throws NoKafkaException if it does not start, for instance because the port is taken
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
            default -> reach(choice);
        };
    }

    private static LocalKafka reach(String address) {
        if (!address.matches("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*")) {
            throw new NoKafkaException(
                    CHOICE + "=" + address + " is not understood. Use host:port for a broker of"
                            + " yours, `container` for one in Docker, or unset it for one in this JVM.",
                    null);
        }
        try {
            LocalKafka kafka = new LocalKafka(address, () -> {});
            kafka.awaitAnswer();
            return kafka;
        } catch (org.apache.kafka.common.KafkaException e) {
            throw unreachable(address, e);
        }
    }

    private void awaitAnswer() {
        try {
            admin.describeCluster().clusterId().get(ANSWER_SECONDS, TimeUnit.SECONDS);
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
                        + " address, or unset " + CHOICE + " for a broker in this JVM.",
                cause);
    }

    /** Where clients connect, such as {@code 127.0.0.1:40123}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** An admin client of this broker, closed with it. */
    public Admin admin() {
        return admin;
    }

    /** Creates a topic with one replica; a topic that exists already stays as it is. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic with one replica and the given settings; one that exists already stays as it is. Returns when the
     * broker serves it: the controller has a new topic a moment before the broker hears of it, and the broker speaks of
     * it a moment before it leads its partitions. A producer that comes in between may have its first batch turned away
     * and its second taken, and is out of sequence from then on.
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
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
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

    /** Only who leads a partition says where it ends. */
    private void awaitLeaders(TopicDescription topic) throws ExecutionException, InterruptedException {
        admin.listOffsets(topic.partitions().stream()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic.name(), partition.partition()),
                                partition -> OffsetSpec.latest())))
                .all()
                .get();
    }

    /** Ends the broker, unless it is one of yours. */
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

    /** No broker could be had. Its message says why, and what to do. */
    public static final class NoKafkaException extends RuntimeException {
        NoKafkaException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
