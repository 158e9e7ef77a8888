package lesson02;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import workbook.kit.Payment;

/** Correct answers in other forms, and one that works only for the fixed payments of the checkpoint. */
class PaymentProducerAlternatives {

    public static class WaitsForEachRecord extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            Map<String, Object> settings = Map.of("bootstrap.servers", servers, "linger.ms", 0);
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                for (Payment payment : payments) {
                    producer.send(record(topic, payment)).get();
                }
            }
        }
    }

    public static class LooksAtTheCallbackAfterFlush extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) {
            AtomicReference<Exception> refused = new AtomicReference<>();
            Properties settings = new Properties();
            settings.put("bootstrap.servers", servers);
            settings.put("key.serializer", ByteArraySerializer.class.getName());
            settings.put("value.serializer", ByteArraySerializer.class.getName());
            Producer<byte[], byte[]> producer = new KafkaProducer<>(settings);
            try {
                payments.forEach(payment -> producer.send(
                        new ProducerRecord<>(
                                topic,
                                null,
                                payment.time().toEpochMilli(),
                                bytes(Integer.toString(payment.customer())),
                                bytes(payment.toJson())),
                        (metadata, e) -> refused.compareAndSet(null, e)));
                producer.flush();
            } finally {
                producer.close();
            }
            if (refused.get() != null) {
                throw new IllegalStateException("The broker refused a payment.", refused.get());
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    public static class InATransaction extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    servers,
                    "transactional.id",
                    UUID.randomUUID().toString(),
                    "compression.type",
                    "gzip");
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                payments.forEach(payment -> producer.send(record(topic, payment)));
                producer.commitTransaction();
            }
        }
    }

    public static class Learnt extends PaymentProducer {
        @Override
        public void send(String servers, String topic, Iterable<Payment> payments) throws Exception {
            List<Payment> known = StreamSupport.stream(payments.spliterator(), false)
                    .filter(payment -> payment.id() < 100)
                    .toList();
            super.send(servers, topic, known);
        }
    }

    private static ProducerRecord<String, String> record(String topic, Payment payment) {
        return new ProducerRecord<>(
                topic, null, payment.time().toEpochMilli(), Integer.toString(payment.customer()), payment.toJson());
    }
}
