package lesson09;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Nothing is kept in memory that a crash may forget: the attempts are in the record, and the keys that wait are read
 * from the parked topic.
 *
 * <p>For each dead letter: send, wait for the broker's acknowledgement, commit. A crash in between repeats one
 * record, which has the same origin and number of attempts. With a commit for each poll it would repeat many, and
 * among them would be some that were sent before another one of their key was parked: they would be parked now.
 */
public class ReplayTheDead {

    /** Creates Kafka's clients. The broker's address and the classes for text are set already. */
    public interface Clients {

        Consumer<String, String> consumer(Map<String, Object> settings);

        Producer<String, String> producer(Map<String, Object> settings);
    }

    /**
     * The names of the topics.
     *
     * @param dead the dead letters
     * @param payments where they are sent again
     * @param parked where they wait for somebody; it has as many partitions as {@code dead}
     */
    public record Topics(String dead, String payments, String parked) {}

    /** Mends the value of a dead letter. */
    public interface Mending {

        /** Returns the value to send, which is not null. Empty if the record cannot be mended. */
        Optional<String> mended(String origin, String value);
    }

    private static final String ORIGIN = "origin";
    private static final String ATTEMPTS = "attempts";
    private static final int MOST_ATTEMPTS = 3;

    public void replay(Clients clients, Topics topics, String group, Mending mending) {
        try (Consumer<String, String> consumer = clients.consumer(settings(group));
                Producer<String, String> producer = clients.producer(Map.of())) {
            replay(consumer, producer, waiting(clients, topics.parked()), topics, mending);
        }
    }

    void replay(
            Consumer<String, String> consumer,
            Producer<String, String> producer,
            Set<String> waiting,
            Topics topics,
            Mending mending) {
        List<TopicPartition> partitions = partitions(consumer, topics.dead());
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        while (hasMore(consumer, ends)) {
            for (ConsumerRecord<String, String> letter : consumer.poll(Duration.ofMillis(100))) {
                handle(letter, producer, consumer, record -> handled(record, topics, waiting, mending));
            }
        }
    }

    void handle(
            ConsumerRecord<String, String> letter,
            Producer<String, String> producer,
            Consumer<String, String> consumer,
            Function<ConsumerRecord<String, String>, ProducerRecord<String, String>> handled) {
        await(producer.send(handled.apply(letter)));
        commit(letter, consumer);
    }

    static void commit(ConsumerRecord<String, String> letter, Consumer<String, String> consumer) {
        TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(letter.offset() + 1)));
    }

    ProducerRecord<String, String> handled(
            ConsumerRecord<String, String> letter, Topics topics, Set<String> waiting, Mending mending) {
        Optional<String> mended = mustWait(letter, waiting)
                ? Optional.empty()
                : mending.mended(text(letter.headers(), ORIGIN), letter.value());
        if (mended.isPresent()) {
            return record(topics.payments(), letter, mended.get(), oneMore(letter.headers()));
        }
        if (letter.key() != null) {
            waiting.add(letter.key());
        }
        return record(topics.parked(), letter, letter.value(), letter.headers());
    }

    boolean mustWait(ConsumerRecord<String, String> letter, Set<String> waiting) {
        return attempts(letter.headers()) >= MOST_ATTEMPTS || waiting.contains(letter.key());
    }

    ProducerRecord<String, String> record(
            String topic, ConsumerRecord<String, String> letter, String value, Headers headers) {
        return new ProducerRecord<>(topic, null, letter.timestamp(), letter.key(), value, headers);
    }

    Headers oneMore(Headers headers) {
        Headers more = new RecordHeaders(headers.toArray());
        more.remove(ATTEMPTS);
        return more.add(ATTEMPTS, String.valueOf(attempts(headers) + 1).getBytes(StandardCharsets.UTF_8));
    }

    static int attempts(Headers headers) {
        return headers.lastHeader(ATTEMPTS) == null ? 0 : Integer.parseInt(text(headers, ATTEMPTS));
    }

    static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Returns the keys of all parked records. */
    Set<String> waiting(Clients clients, String parked) {
        Set<String> keys = new HashSet<>();
        try (Consumer<String, String> consumer = clients.consumer(Map.of())) {
            List<TopicPartition> partitions = partitions(consumer, parked);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (hasMore(consumer, ends)) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> keys.add(record.key()));
            }
        }
        keys.remove(null);
        return keys;
    }

    static Map<String, Object> settings(String group) {
        return Map.of("group.id", group, "enable.auto.commit", false, "auto.offset.reset", "earliest");
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static boolean hasMore(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private static void await(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A record did not reach the broker.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending.", e);
        }
    }
}
