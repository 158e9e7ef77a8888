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
 * Sends all records first, so that the producer can batch them. Then checks each record's future, so that a refused
 * record throws. {@code send(…).get()} in one line is correct as well, but waits for each record before it sends the
 * next.
 *
 * <p>The two settings are Kafka's defaults. With {@code enable.idempotence} set explicitly, a setting that contradicts
 * it, such as {@code acks=1}, is an error and does not silently disable it.
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
