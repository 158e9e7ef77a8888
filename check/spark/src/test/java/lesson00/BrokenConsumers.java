package lesson00;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Typical mistakes with consumers, on a broker with one topic, {@code payments}. */
public class BrokenConsumers extends KafkaCases {

    private static final TopicPartition PAYMENTS = new TopicPartition("payments", 0);

    public BrokenConsumers(String brokers) {
        super(brokers);
    }

    public void subscribeWithoutGroup() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.subscribe(List.of("payments"));
            consumer.poll(Duration.ofMillis(100));
        }
    }

    public void subscribeAndAssign() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of("group.id", "both"))) {
            consumer.subscribe(List.of("payments"));
            consumer.assign(List.of(PAYMENTS));
        }
    }

    public void seekBeforeAssignment() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of("group.id", "seekers"))) {
            consumer.subscribe(List.of("payments"));
            consumer.seek(PAYMENTS, 0);
        }
    }

    public void negativeSeek() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(PAYMENTS));
            consumer.seek(PAYMENTS, -1);
        }
    }

    public void positionOfOthers() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(PAYMENTS));
            consumer.position(new TopicPartition("payments", 3));
        }
    }

    public void endOfNoTopic() {
        try (KafkaConsumer<String, String> consumer =
                consumer(Map.of("default.api.timeout.ms", "500", "request.timeout.ms", "400"))) {
            consumer.endOffsets(List.of(new TopicPartition("returns", 0)));
        }
    }

    public void noOffset() {
        try (KafkaConsumer<String, String> consumer =
                consumer(Map.of("group.id", "strict", "auto.offset.reset", "none"))) {
            consumer.assign(List.of(PAYMENTS));
            consumer.poll(Duration.ofSeconds(5));
        }
    }

    public void offsetOutOfRange() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of("auto.offset.reset", "none"))) {
            consumer.assign(List.of(PAYMENTS));
            consumer.seek(PAYMENTS, 1_000_000);
            consumer.poll(Duration.ofSeconds(5));
        }
    }

    public void resetToFirst() {
        consumer(Map.of("auto.offset.reset", "first"));
    }

    public void textAsNumber() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            admin.createTopics(List.of(new NewTopic("texts", 1, (short) 1)))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer = producer(Map.of());
                KafkaConsumer<String, Long> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers(), "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new LongDeserializer())) {
            producer.send(new ProducerRecord<>("texts", "twelve euros")).get();
            consumer.assign(List.of(new TopicPartition("texts", 0)));
            consumer.poll(Duration.ofSeconds(5));
        }
    }

    public void serializerInAConsumer() {
        new KafkaConsumer<String, String>(Map.of(
                "bootstrap.servers",
                brokers(),
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                org.apache.kafka.common.serialization.StringSerializer.class));
    }

    public void noDeserializer() {
        new KafkaConsumer<String, String>(Map.of("bootstrap.servers", brokers()));
    }

    public void bytesAsText() throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of());
                KafkaConsumer<Object, Object> consumer = new KafkaConsumer<>(Map.of(
                        "bootstrap.servers",
                        brokers(),
                        "auto.offset.reset",
                        "earliest",
                        "key.deserializer",
                        "org.apache.kafka.common.serialization.ByteArrayDeserializer",
                        "value.deserializer",
                        "org.apache.kafka.common.serialization.ByteArrayDeserializer"))) {
            producer.send(new ProducerRecord<>("payments", "12")).get();
            consumer.assign(List.of(PAYMENTS));
            for (ConsumerRecord<Object, Object> record : consumer.poll(Duration.ofSeconds(5))) {
                ((String) record.value()).length();
            }
        }
    }

    public void consumerClosed() {
        KafkaConsumer<String, String> consumer = consumer(Map.of());
        consumer.close();
        consumer.poll(Duration.ofMillis(10));
    }

    public void wokenUp() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(PAYMENTS));
            consumer.wakeup();
            consumer.poll(Duration.ofMillis(100));
        }
    }

    public void interrupted() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(PAYMENTS));
            Thread.currentThread().interrupt();
            consumer.poll(Duration.ofMillis(100));
        } finally {
            Thread.interrupted();
        }
    }
}
