package workbook.capstone.streaming;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import workbook.capstone.format.Format;

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

    /**
     * Reads the current records of {@link Topics#DEAD_LETTERS} that {@link DeadLetterReplay} has not handled, each origin
     * once, in the order of refusal.
     *
     * @param format of payments
     */
    public static List<DeadLetter> deadLetters(String bootstrapServers, Format format) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, DeadLetterReplay.GROUP)) {
            return letters(consumer, Positions.committed(consumer, List.of(Topics.DEAD_LETTERS)), format);
        }
    }

    /**
     * Reads the current records of {@link Topics#PARKED}, each origin once.
     *
     * @param format of payments
     */
    public static List<DeadLetter> parked(String bootstrapServers, Format format) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            return letters(consumer, Positions.beginnings(consumer, List.of(Topics.PARKED)), format);
        }
    }

    private static List<DeadLetter> letters(KafkaConsumer<byte[], byte[]> consumer, Positions from, Format format) {
        Map<String, DeadLetter> letters = new LinkedHashMap<>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(from.offsets().keySet());
        from.seek(consumer);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofSeconds(1)).forEach(record -> {
                DeadLetter letter = DeadLetter.of(record, format);
                letters.putIfAbsent(letter.origin(), letter);
            });
        }
        return List.copyOf(letters.values());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return consumer(bootstrapServers, null);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String group) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
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
