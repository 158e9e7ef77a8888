package lesson00;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.Trigger;
import workbook.kit.Scratch;

/** Typical mistakes with Kafka, on a broker with one topic, {@code payments}. */
public class BrokenClients {

    private final String brokers;

    public BrokenClients(String brokers) {
        this.brokers = brokers;
    }

    // Spark's source and sink

    public void sourceOfUnknownTopic() throws Exception {
        source().option("subscribe", "paymets")
                .load()
                .writeStream()
                .format("noop")
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    public void sourceWithoutTopic() {
        source().load();
    }

    public void sourceWithoutBroker() {
        SparkSession.active()
                .readStream()
                .format("kafka")
                .option("subscribe", "payments")
                .load();
    }

    public void tableFromTheLatest() {
        table().option("startingOffsets", "latest").load();
    }

    public void tableFromATimeThatNoRecordHas() {
        table().option("startingTimestamp", 4_102_444_800_000L).load().collectAsList();
    }

    public void tableFromADate() {
        table().option("startingTimestamp", "2026-01-01").load();
    }

    public void sinkOfNumbers() throws Exception {
        sink("value").option("topic", "payments").start().awaitTermination();
    }

    public void sinkWithoutValue() throws Exception {
        sink("CAST(value AS STRING) AS payment")
                .option("topic", "payments")
                .start()
                .awaitTermination();
    }

    public void sinkWithoutTopic() throws Exception {
        sink("CAST(value AS STRING) AS value").start().awaitTermination();
    }

    public void sinkToUnknownTopic() throws Exception {
        sink("CAST(value AS STRING) AS value")
                .option("topic", "paymets")
                .start()
                .awaitTermination();
    }

    // Producers

    public void noSerializer() {
        new KafkaProducer<String, String>(Map.of("bootstrap.servers", brokers));
    }

    public void serializerOfAnotherType() {
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(Map.of(
                "bootstrap.servers",
                brokers,
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                StringSerializer.class))) {
            producer.send(new ProducerRecord<>("payments", 12));
        }
    }

    public void unknownTopic() throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of("max.block.ms", "300"))) {
            producer.send(new ProducerRecord<>("paymets", "12")).get();
        }
    }

    public void recordTooLarge() throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("payments", "x".repeat(2_000_000)))
                    .get();
        }
    }

    public void producerClosed() {
        KafkaProducer<String, String> producer = producer(Map.of());
        producer.close();
        producer.send(new ProducerRecord<>("payments", "12"));
    }

    public void transactionWithoutInit() {
        try (KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "tills"))) {
            producer.beginTransaction();
        }
    }

    public void producerFenced() {
        try (KafkaProducer<String, String> first = producer(Map.of("transactional.id", "tills"));
                KafkaProducer<String, String> second = producer(Map.of("transactional.id", "tills"))) {
            first.initTransactions();
            second.initTransactions();
            first.beginTransaction();
            first.send(new ProducerRecord<>("payments", "12"));
            first.commitTransaction();
        }
    }

    // Consumers and admins

    public void commitWithoutGroup() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(new TopicPartition("payments", 0)));
            consumer.poll(Duration.ofMillis(10));
            consumer.commitSync();
        }
    }

    public void commitBesideMembers() {
        try (KafkaConsumer<String, String> member = consumer(Map.of("group.id", "readers"));
                KafkaConsumer<String, String> stranger = consumer(Map.of("group.id", "readers"))) {
            member.subscribe(List.of("payments"));
            while (member.assignment().isEmpty()) {
                member.poll(Duration.ofMillis(10));
            }
            stranger.assign(List.of(new TopicPartition("payments", 0)));
            stranger.commitSync(Map.of(new TopicPartition("payments", 0), new OffsetAndMetadata(0)));
        }
    }

    public void pollWithoutTopic() {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of("group.id", "readers"))) {
            consumer.poll(Duration.ofMillis(10));
        }
    }

    public void consumerOfTwoThreads() throws Exception {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(new TopicPartition("payments", 0)));
            CompletableFuture<?> other = CompletableFuture.runAsync(() -> consumer.poll(Duration.ofSeconds(10)));
            try {
                Thread.sleep(200);
                consumer.poll(Duration.ofMillis(10));
            } finally {
                consumer.wakeup();
                other.exceptionally(woken -> null).join();
            }
        }
    }

    public void noBroker() throws Exception {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "300", "request.timeout.ms", "200"))) {
            admin.listTopics().names().get();
        }
    }

    private DataFrameReader table() {
        return SparkSession.active()
                .read()
                .format("kafka")
                .option("kafka.bootstrap.servers", brokers)
                .option("subscribe", "payments");
    }

    private DataStreamReader source() {
        return SparkSession.active()
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", brokers)
                .option("fetchOffset.numRetries", 1)
                .option("fetchOffset.retryIntervalMs", 10);
    }

    private DataStreamWriter<Row> sink(String column) {
        Dataset<Row> numbers = SparkSession.active()
                .readStream()
                .format("rate-micro-batch")
                .option("rowsPerBatch", 1)
                .load()
                .selectExpr(column);
        return numbers.writeStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", brokers)
                .option("kafka.max.block.ms", "300")
                .trigger(Trigger.AvailableNow())
                .option("checkpointLocation", Scratch.folder("checkpoint-").toString());
    }

    private KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(withBrokers(settings), new StringSerializer(), new StringSerializer());
    }

    private KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(withBrokers(settings), new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> withBrokers(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", brokers);
        return all;
    }
}
