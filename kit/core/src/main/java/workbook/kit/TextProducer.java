package workbook.kit;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends text to the topics of a broker. Sending is asynchronous; {@link #flush} and {@link #close} wait for it. */
public final class TextProducer implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private volatile Exception failure;

    /** A producer with Kafka's defaults. */
    public TextProducer(LocalKafka kafka) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    /** Sends a value without a key. */
    public void send(String topic, String value) {
        send(new ProducerRecord<>(topic, value));
    }

    /** Sends a value without a key to a partition. */
    public void send(String topic, int partition, String value) {
        send(new ProducerRecord<>(topic, partition, null, value));
    }

    private void send(ProducerRecord<String, String> record) {
        producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure = e;
            }
        });
    }

    /**
     * Waits until the broker has all records.
     *
     * @throws IllegalStateException if a record could not be sent
     */
    public void flush() {
        producer.flush();
        if (failure != null) {
            throw new IllegalStateException("A record could not be sent: " + failure.getMessage(), failure);
        }
    }

    /** Waits as {@link #flush} does, and closes the producer. */
    @Override
    public void close() {
        try (producer) {
            flush();
        }
    }
}
