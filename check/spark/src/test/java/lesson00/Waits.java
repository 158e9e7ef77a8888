package lesson00;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/** An answer that waits for ever. */
public class Waits {

    /** Sends outside a transaction; then {@code close()} waits until it is interrupted. */
    public static void inClose(String brokers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "transactional.id", "waits");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.send(new ProducerRecord<>("payments", "12"));
        } catch (IllegalStateException | InterruptException e) {
            // the send is refused, and close() interrupted
        }
    }
}
