package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.window;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import workbook.check.catalog.Workspace;
import workbook.check.spark.SharedSpark;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.spark.PaymentRow;

/**
 * Records the progress reports for {@code HealthCheckCheckpoint}. Each method runs a query that really has the problem it is
 * named after: a new delivery arrives during each of its batches. It is not part of {@code mvn test}; run it as
 * CONTRIBUTING.md describes when the reports have to be recorded again. It needs {@code -Drecord=true}, so that a run of all
 * classes does not record them.
 */
@EnabledIfSystemProperty(
        named = "record",
        matches = "true",
        disabledReason = "It overwrites the recorded reports: only with -Drecord=true.")
class HealthCheckRecorder {

    private static final int DELIVERIES = 7;
    /** The first batches are not typical of a running query. */
    private static final int FROM_BATCH = 2;

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long DELIVERY_SECONDS = 600;
    private static final int CUSTOMERS = 60;
    private static final int HOT_CUSTOMER = 7;

    private final Random random = new Random(6);
    private LocalKafka kafka;
    private SparkSession spark;

    @BeforeEach
    void start() {
        kafka = LocalKafka.start();
        kafka.createTopic("payments", 4);
        kafka.createTopic("refunds", 8);
        spark = SharedSpark.session().newSession();
        spark.conf()
                .set(
                        "spark.sql.streaming.stateStore.providerClass", // RocksDB adds fifty metrics to every report
                        "org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider");
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void healthy() throws Exception {
        record(
                "healthy",
                counted(watermarked(topics("payments,refunds", 1_000))),
                batch -> Stream.concat(payments("payments", batch, 100), payments("refunds", batch, 26)));
    }

    /** A backlog of eleven deliveries. */
    @Test
    void catchingUp() throws Exception {
        int backlog = 11;
        record(
                "catching-up",
                counted(watermarked(topics("payments", 150))),
                batch -> batch > 0
                        ? payments("payments", backlog + batch, 20)
                        : LongStream.range(0, backlog).boxed().flatMap(old -> payments("payments", old, 100)));
    }

    @Test
    void fallingBehind() throws Exception {
        record(
                "falling-behind",
                counted(watermarked(topics("payments", 100))),
                batch -> payments("payments", batch, 150));
    }

    /** The windows are removed; the ids of all payments stay. */
    @Test
    void leakingState() throws Exception {
        record(
                "leaking-state",
                counted(watermarked(topics("payments", 1_000)).dropDuplicates("id")),
                batch -> payments("payments", batch, 100));
    }

    /** One customer makes four of five payments, and all payments of a customer are in one partition. */
    @Test
    void skewed() throws Exception {
        record(
                "skewed",
                counted(watermarked(topics("payments,refunds", 120))),
                batch -> Stream.concat(
                        IntStream.range(0, 150)
                                .mapToObj(i -> payment(
                                        "payments",
                                        batch,
                                        random.nextInt(5) > 0 ? HOT_CUSTOMER : random.nextInt(CUSTOMERS))),
                        payments("refunds", batch, 40)));
    }

    /** Two inputs, each with its watermark; the smaller one applies, and refunds arrive only once. */
    @Test
    void idleInput() throws Exception {
        record(
                "idle-input",
                counted(watermarked(topics("payments", 1_000)).union(watermarked(topics("refunds", 1_000)))),
                batch -> Stream.concat(
                        payments("payments", batch, 100), payments("refunds", batch, batch == 0 ? 5 : 0)));
    }

    /** One payment has a time that is wrong by a year. */
    @Test
    void wrongClock() throws Exception {
        record(
                "wrong-clock",
                counted(watermarked(topics("payments", 1_000))),
                batch -> Stream.concat(
                        payments("payments", batch, 100),
                        Stream.of(payment("payments", 52_560, 1)).filter(wrong -> batch == 0)));
    }

    private Dataset<Row> topics(String names, int limit) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka.bootstrapServers())
                .option("subscribe", names)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", limit)
                .load()
                .select(from_json(col("value").cast("string"), PaymentRow.SCHEMA)
                        .as("payment"))
                .select("payment.*");
    }

    private static Dataset<Row> watermarked(Dataset<Row> payments) {
        return payments.withWatermark("time", "5 minutes");
    }

    private static Dataset<Row> counted(Dataset<Row> payments) {
        return payments.groupBy(window(col("time"), "10 minutes"), col("terminal"))
                .count();
    }

    private Stream<ProducerRecord<String, String>> payments(String topic, long batch, int count) {
        return IntStream.range(0, count).mapToObj(i -> payment(topic, batch, random.nextInt(CUSTOMERS)));
    }

    private ProducerRecord<String, String> payment(String topic, long batch, int customer) {
        Instant time = NOON.plusSeconds(DELIVERY_SECONDS * batch + random.nextInt((int) DELIVERY_SECONDS));
        Payment payment = new Payment(
                random.nextLong(1L << 40),
                time,
                customer,
                random.nextInt(3),
                BigDecimal.valueOf(random.nextInt(10_000), 2));
        return new ProducerRecord<>(topic, String.valueOf(customer), payment.toJson());
    }

    private interface Deliveries {
        Stream<ProducerRecord<String, String>> of(long batch);
    }

    private void record(String name, Dataset<Row> query, Deliveries deliveries) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            deliver(producer, deliveries.of(0));
            StreamingQuery running = query.writeStream()
                    .queryName("by-terminal")
                    .option("checkpointLocation", Scratch.folder("recording-").toString())
                    .foreachBatch((rows, batch) -> {
                        rows.collectAsList();
                        if (batch < DELIVERIES) {
                            deliver(producer, deliveries.of(batch + 1));
                        }
                    })
                    .start();
            running.processAllAvailable();
            running.stop();
            write(
                    name,
                    Arrays.stream(running.recentProgress())
                            .filter(progress -> progress.batchId() >= FROM_BATCH && progress.batchId() < DELIVERIES)
                            .toList());
        }
    }

    private static void deliver(
            KafkaProducer<String, String> producer, Stream<ProducerRecord<String, String>> records) {
        records.forEach(producer::send);
        producer.flush();
    }

    private static void write(String name, List<StreamingQueryProgress> recorded) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ArrayNode documents = json.createArrayNode();
        for (StreamingQueryProgress progress : recorded) {
            documents.add(json.readTree(progress.json()));
        }
        Path folder = Files.createDirectories(
                Workspace.current().home().resolve("exercises/lesson06/src/test/resources/lesson06"));
        json.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(name + ".json").toFile(), documents);
    }
}
