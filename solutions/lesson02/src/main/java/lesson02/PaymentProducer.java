package lesson02;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import workbook.kit.Payment;

/**
 * First everything is sent, so that records travel together; then every record's future is asked, so that a refused one
 * throws. {@code send(…).get()} in one line would be right as well, and wait for each record before the next is sent.
 *
 * <p>The two settings are Kafka's defaults. Written down they are a promise: with {@code enable.idempotence} said, a
 * setting that contradicts it, such as {@code acks=1}, is an error instead of silently turning it off.
 */
public class PaymentProducer {

    public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all", "enable.idempotence", true);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Payment payment : payments) {
                sent.add(producer.send(record(topic, payment)));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }

    private static ProducerRecord<String, String> record(String topic, Payment payment) {
        return new ProducerRecord<>(
                topic, null, payment.time().toEpochMilli(), String.valueOf(payment.customer()), payment.toJson());
    }
}
