package workbook.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients for records whose keys and values are strings. */
public final class KafkaText {

    private KafkaText() {}

    /** Opens a producer with these settings; {@code bootstrap.servers} is added. */
    public static Producer<String, String> producer(LocalKafka kafka, Map<String, Object> settings) {
        return new KafkaProducer<>(withServers(kafka, settings), new StringSerializer(), new StringSerializer());
    }

    /** Opens a producer with this transactional id. It fences an older one, whose open transaction is aborted. */
    public static Producer<String, String> transactional(LocalKafka kafka, String id) {
        Producer<String, String> producer = producer(kafka, Map.of("transactional.id", id));
        producer.initTransactions();
        return producer;
    }

    /** Returns the offset that a group has committed for a partition; empty if there is none. */
    public static Optional<Long> committed(LocalKafka kafka, String group, TopicPartition partition) {
        try (var consumer = consumer(kafka, Map.of("group.id", group))) {
            OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
            return Optional.ofNullable(committed).map(OffsetAndMetadata::offset);
        }
    }

    /** Opens a consumer with these settings; {@code bootstrap.servers} is added. */
    public static Consumer<String, String> consumer(LocalKafka kafka, Map<String, Object> settings) {
        return new KafkaConsumer<>(withServers(kafka, settings), new StringDeserializer(), new StringDeserializer());
    }

    /** Sends values without keys, in this order. Returns when the broker has acknowledged all of them. */
    public static void send(LocalKafka kafka, String topic, List<String> values) {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        values.forEach(value -> records.add(new ProducerRecord<>(topic, value)));
        send(kafka, records);
    }

    /** Sends values without keys to one partition, in this order. Returns when the broker has acknowledged all. */
    public static void send(LocalKafka kafka, String topic, int partition, List<String> values) {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        values.forEach(value -> records.add(new ProducerRecord<>(topic, partition, null, value)));
        send(kafka, records);
    }

    /**
     * Sends records in this order. Returns when the broker has acknowledged all of them.
     *
     * @throws IllegalStateException if the broker refuses a record
     */
    public static void send(LocalKafka kafka, List<ProducerRecord<String, String>> records) {
        try (Producer<String, String> producer = producer(kafka, Map.of())) {
            List<Future<RecordMetadata>> acknowledgements =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The broker refused a record: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending records", e);
        }
    }

    /**
     * Reads an assigned partition from the consumer's position to the partition's end. The end is
     * {@link Consumer#endOffsets}, when the method is called.
     */
    public static List<ConsumerRecord<String, String>> readToEnd(
            Consumer<String, String> consumer, TopicPartition partition) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        while (consumer.position(partition) < end) {
            consumer.poll(Duration.ofMillis(100)).records(partition).forEach(records::add);
        }
        return records;
    }

    /** Assigns a partition to the consumer and reads all its records. */
    public static List<ConsumerRecord<String, String>> readAll(
            Consumer<String, String> consumer, TopicPartition partition) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return readToEnd(consumer, partition);
    }

    /**
     * Reads what read_committed consumers get of a partition. A commit returns before the broker has written its
     * marker, so this method waits until no transaction is open, at most ten seconds.
     */
    public static List<ConsumerRecord<String, String>> readCommitted(LocalKafka kafka, TopicPartition partition) {
        List<TopicPartition> only = List.of(partition);
        Instant deadline = Instant.now().plusSeconds(10);
        try (var all = consumer(kafka, Map.of());
                var committed = consumer(kafka, Map.of("isolation.level", "read_committed"))) {
            while (!committed.endOffsets(only).equals(all.endOffsets(only))
                    && Instant.now().isBefore(deadline)) {
                LockSupport.parkNanos(10_000_000);
            }
            return readAll(committed, partition);
        }
    }

    private static Map<String, Object> withServers(LocalKafka kafka, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", kafka.bootstrapServers());
        return all;
    }
}
