package workbook.capstone.streaming;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics on its own thread, and passes each record to a handler. It stops when the handler or the consumer
 * throws; {@link #throwIfFailed} and {@link #close} report why.
 */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<ConsumerRecord<byte[], byte[]>> handler;
    private final Thread thread;
    private volatile Throwable failure;

    private TopicReader(KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        this.consumer = consumer;
        this.handler = handler;
        this.thread = new Thread(this::run, "reader of " + consumer.assignment());
    }

    /** Starts to read at these positions. */
    public static TopicReader start(
            String bootstrapServers, Positions from, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers);
        from.seek(consumer);
        TopicReader reader = new TopicReader(consumer, handler);
        reader.thread.start();
        return reader;
    }

    /** Returns the current end offsets of these topics. */
    public static Positions ends(String bootstrapServers, List<String> topics) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            return Positions.ends(consumer, topics);
        }
    }

    /** Returns the beginning offsets of these topics. */
    public static Positions beginnings(String bootstrapServers, List<String> topics) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            return Positions.beginnings(consumer, topics);
        }
    }

    /** Reads all current records of {@link Topics#DEAD_LETTERS}, each origin once, in the order of refusal. */
    public static List<DeadLetter> deadLetters(String bootstrapServers) {
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            List<String> topic = List.of(Topics.DEAD_LETTERS);
            Positions ends = Positions.ends(consumer, topic);
            Positions.beginnings(consumer, topic).seek(consumer);
            while (ends.offsets().entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> {
                    DeadLetter letter = DeadLetter.of(record);
                    letters.putIfAbsent(letter.origin(), letter);
                });
            }
        }
        return List.copyOf(letters.values());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void run() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(handler);
            }
        } catch (WakeupException e) {
            // close() was called
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Whether it still reads. */
    public boolean isReading() {
        return failure == null;
    }

    /**
     * Throws if reading has failed.
     *
     * @throws IllegalStateException if the handler or the consumer has failed, with that as the cause; the message says
     *     why
     */
    public void throwIfFailed() {
        if (!isReading()) {
            throw new IllegalStateException("The " + thread.getName() + " has failed: " + reason(failure), failure);
        }
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /**
     * Stops reading.
     *
     * @throws IllegalStateException as {@link #throwIfFailed} does: later records were not read
     */
    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throwIfFailed();
    }
}
