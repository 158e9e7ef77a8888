package lesson00;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Typical mistakes with producers, on a broker with one topic, {@code payments}. */
public class BrokenProducers extends KafkaCases {

    public BrokenProducers(String brokers) {
        super(brokers);
    }

    // Settings

    public void misspeltSerializer() {
        new KafkaProducer<String, String>(Map.of(
                "bootstrap.servers",
                brokers(),
                "key.serializer",
                "org.apache.kafka.common.serialization.StringSerialiser",
                "value.serializer",
                StringSerializer.class));
    }

    public void classThatIsNoSerializer() {
        new KafkaProducer<String, String>(Map.of(
                "bootstrap.servers",
                brokers(),
                "key.serializer",
                String.class,
                "value.serializer",
                StringSerializer.class));
    }

    public void noBootstrapServers() {
        new KafkaProducer<>(Map.of(), new StringSerializer(), new StringSerializer());
    }

    public void addressWithoutPort() {
        new KafkaProducer<>(Map.of("bootstrap.servers", "localhost"), new StringSerializer(), new StringSerializer());
    }

    public void unknownHost() {
        new KafkaProducer<>(
                Map.of("bootstrap.servers", "kafka.invalid:9092"), new StringSerializer(), new StringSerializer());
    }

    public void settingOfAnotherType() {
        producer(Map.of("linger.ms", "five"));
    }

    public void idempotentWithoutAcks() {
        producer(Map.of("enable.idempotence", "true", "acks", "1"));
    }

    public void deliveryTimeoutTooShort() {
        producer(Map.of("delivery.timeout.ms", "10"));
    }

    // Records

    public void recordTooLargeForTheBroker() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()));
                KafkaProducer<String, String> producer = producer(Map.of())) {
            admin.createTopics(List.of(new NewTopic("notes", 1, (short) 1).configs(Map.of("max.message.bytes", "100"))))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("notes", "x".repeat(1000))).get();
        }
    }

    public void recordLargerThanTheBuffer() throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of("buffer.memory", "1000", "batch.size", "100"))) {
            producer.send(new ProducerRecord<>("payments", "x".repeat(2000))).get();
        }
    }

    /** The callback holds the thread that sends, so that nothing leaves the buffer. */
    public void bufferFull() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (KafkaProducer<String, String> producer =
                producer(Map.of("buffer.memory", "40000", "max.block.ms", "2000"))) {
            producer.send(new ProducerRecord<>("payments", "12"), (sent, failure) -> await(end));
            try {
                while (true) {
                    Future<?> sent = producer.send(new ProducerRecord<>("payments", "x".repeat(15_000)));
                    if (sent.isDone()) {
                        sent.get();
                    }
                }
            } finally {
                end.countDown();
            }
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void unknownPartition() throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of("max.block.ms", "300"))) {
            producer.send(new ProducerRecord<>("payments", 7, "key", "12")).get();
        }
    }

    public void invalidTopic() throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of("max.block.ms", "300"))) {
            producer.send(new ProducerRecord<>("pay ments", "12")).get();
        }
    }

    public void recordOfTheFuture() throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("payments", 0, 4_102_444_800_000L, "key", "12"))
                    .get();
        }
    }

    public void compactedWithoutKey() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()));
                KafkaProducer<String, String> producer = producer(Map.of())) {
            admin.createTopics(
                            List.of(new NewTopic("limits", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("limits", "12")).get();
        }
    }

    public void topicThatIsThere() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            admin.createTopics(List.of(new NewTopic("payments", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    public void replicasWithoutBrokers() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            admin.createTopics(List.of(new NewTopic("copies", 1, (short) 3)))
                    .all()
                    .get();
        }
    }

    public void fewerPartitions() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            admin.createPartitions(Map.of("payments", org.apache.kafka.clients.admin.NewPartitions.increaseTo(1)))
                    .all()
                    .get();
        }
    }

    public void sendToABrokerThatIsAway() throws Exception {
        Map<String, Object> away = Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "300");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(away, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("payments", "12")).get();
        }
    }

    // Transactions

    public void initWithoutId() {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            producer.initTransactions();
        }
    }

    public void beginTwice() {
        try (KafkaProducer<String, String> producer = begun("begin-twice")) {
            producer.beginTransaction();
        }
    }

    public void initTwice() {
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "init-twice"))) {
            producer.initTransactions();
            producer.initTransactions();
        }
    }

    public void commitWithoutBegin() {
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "commit-only"))) {
            producer.initTransactions();
            producer.commitTransaction();
        }
    }

    public void abortWithoutBegin() {
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "abort-only"))) {
            producer.initTransactions();
            producer.abortTransaction();
        }
    }

    public void sendBeforeInit() {
        KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "no-init"));
        try {
            producer.send(new ProducerRecord<>("payments", "12"));
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    public void sendOutsideTransaction() {
        KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "outside"));
        try {
            producer.initTransactions();
            producer.send(new ProducerRecord<>("payments", "12"));
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    public void offsetsOfNoMember() {
        try (KafkaProducer<String, String> producer = begun("offsets")) {
            producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition("payments", 0), new OffsetAndMetadata(1)), new ConsumerGroupMetadata(""));
        }
    }

    public void transactionTimeoutTooLong() {
        try (KafkaProducer<String, String> producer =
                producer(Map.of("transactional.id", "long", "transaction.timeout.ms", "3600000"))) {
            producer.initTransactions();
        }
    }

    private KafkaProducer<String, String> begun(String id) {
        KafkaProducer<String, String> producer = producer(Map.of("transactional.id", id));
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }
}
