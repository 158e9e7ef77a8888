package lesson09;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * The offsets are part of the transaction, so records and progress become visible together. After an abort the
 * consumer is still behind the records of the poll: it seeks back to what is committed.
 *
 * <p>All programs of a group have the same transactional id. So initTransactions() aborts what the one before has left
 * open, and fences it. Only then the committed offset is final and can be read.
 *
 * <p>The partition is assigned and not subscribed to. The group would wait for a stalled member before it gives its
 * partition to another one, and fencing does not need that.
 */
public class RelayOnce {

    /** Creates Kafka's clients. The broker's address and the classes for text are set already. */
    public interface Clients {

        Consumer<String, String> consumer(Map<String, Object> settings);

        Producer<String, String> producer(Map<String, Object> settings);
    }

    private static final BigDecimal LARGE = new BigDecimal(100);

    public void relay(Clients clients, String from, String to, String group) {
        TopicPartition source = new TopicPartition(from, 0);
        try (Producer<String, String> producer = clients.producer(producerSettings(group));
                Consumer<String, String> consumer = clients.consumer(consumerSettings(group))) {
            relay(producer, consumer, source, to);
        }
    }

    void relay(Producer<String, String> producer, Consumer<String, String> consumer, TopicPartition source, String to) {
        begin(producer);
        consumer.assign(List.of(source));
        long end = consumer.endOffsets(List.of(source)).get(source);
        while (consumer.position(source) < end) {
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
            try {
                send(records, producer, to);
                commit(records, producer, consumer, source);
            } catch (TransactionAbortableException e) {
                abort(producer, consumer, source);
            }
        }
    }

    Map<String, Object> producerSettings(String group) {
        return Map.of("transactional.id", group);
    }

    Map<String, Object> consumerSettings(String group) {
        return Map.of(
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
    }

    void begin(Producer<String, String> producer) {
        producer.initTransactions();
    }

    void send(ConsumerRecords<String, String> records, Producer<String, String> producer, String to) {
        producer.beginTransaction();
        for (ConsumerRecord<String, String> record : records) {
            if (new BigDecimal(record.value()).compareTo(LARGE) >= 0) {
                producer.send(new ProducerRecord<>(to, record.key(), record.value()));
            }
        }
    }

    void commit(
            ConsumerRecords<String, String> records,
            Producer<String, String> producer,
            Consumer<String, String> consumer,
            TopicPartition source) {
        OffsetAndMetadata next = new OffsetAndMetadata(consumer.position(source));
        producer.sendOffsetsToTransaction(Map.of(source, next), consumer.groupMetadata());
        producer.commitTransaction();
    }

    void abort(Producer<String, String> producer, Consumer<String, String> consumer, TopicPartition source) {
        producer.abortTransaction();
        resume(consumer, source);
    }

    void resume(Consumer<String, String> consumer, TopicPartition source) {
        OffsetAndMetadata committed = consumer.committed(Set.of(source)).get(source);
        if (committed == null) {
            consumer.seekToBeginning(List.of(source));
        } else {
            consumer.seek(source, committed);
        }
    }
}
