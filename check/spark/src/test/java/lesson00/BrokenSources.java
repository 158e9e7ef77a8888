package lesson00;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import workbook.kit.Scratch;

/** Typical mistakes with Spark's sources and with checkpoints, on a broker with one topic, {@code payments}. */
public class BrokenSources extends KafkaCases {

    public BrokenSources(String brokers) {
        super(brokers);
    }

    // Options of the Kafka source

    public void startingOffsetsInWords() throws Exception {
        run(
                source().option("subscribe", "payments")
                        .option("startingOffsets", "first")
                        .load(),
                folder());
    }

    public void startingOffsetsOfOtherPartitions() throws Exception {
        run(
                source().option("subscribe", "payments")
                        .option("startingOffsets", "{\"payments\":{\"0\":0,\"1\":0}}")
                        .load(),
                folder());
    }

    public void startingOffsetBeyondTheEnd() throws Exception {
        topic("tips");
        run(
                source().option("subscribe", "tips")
                        .option("startingOffsets", "{\"tips\":{\"0\":1000000}}")
                        .load(),
                folder());
    }

    public void endingOffsetsOfAStream() {
        source().option("subscribe", "payments")
                .option("endingOffsets", "latest")
                .load();
    }

    public void subscribeAndAssignBoth() {
        source().option("subscribe", "payments")
                .option("assign", "{\"payments\":[0]}")
                .load();
    }

    public void resetInKafkasWords() {
        source().option("subscribe", "payments")
                .option("kafka.auto.offset.reset", "earliest")
                .load();
    }

    public void deserializerInASource() {
        source().option("subscribe", "payments")
                .option("kafka.value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer")
                .load();
    }

    public void autoCommitInASource() {
        source().option("subscribe", "payments")
                .option("kafka.enable.auto.commit", "true")
                .load();
    }

    public void headersWithoutTheOption() {
        source().option("subscribe", "payments").load().select("headers");
    }

    public void schemaOfKafka() {
        source().option("subscribe", "payments").schema("id INT").load();
    }

    public void valueAsNumber() {
        source().option("subscribe", "payments").load().select(col("value").cast("int"));
    }

    public void fieldOfBytes() {
        source().option("subscribe", "payments").load().select("value.amount");
    }

    public void jsonOfBytes() {
        source().option("subscribe", "payments").load().selectExpr("from_json(value, 'id INT')");
    }

    public void startAfterEnd() throws Exception {
        topic("rents");
        table().option("subscribe", "rents")
                .option("startingOffsets", "{\"rents\":{\"0\":1000000}}")
                .load()
                .collectAsList();
    }

    // Data that Kafka no longer has

    public void recordsDeleted() throws Exception {
        TopicPartition partition = topic("till-receipts.EU");
        Path checkpoint = folder();
        run(
                source().option("subscribe", partition.topic())
                        .option("startingOffsets", "earliest")
                        .load(),
                checkpoint);
        send(partition.topic());
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(6)))
                    .all()
                    .get();
        }
        run(source().option("subscribe", partition.topic()).load(), checkpoint);
    }

    public void topicCreatedAgain() throws Exception {
        TopicPartition partition = topic("refunds");
        Path checkpoint = folder();
        run(
                source().option("subscribe", "refunds")
                        .option("startingOffsets", "earliest")
                        .load(),
                checkpoint);
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of("refunds")).all().get();
            Thread.sleep(1000);
            admin.createTopics(List.of(new NewTopic("refunds", 1, (short) 1)))
                    .all()
                    .get();
        }
        run(source().option("subscribe", partition.topic()).load(), checkpoint);
    }

    public void topicDeleted() throws Exception {
        topic("fees");
        Path checkpoint = folder();
        run(
                source().option("subscribe", "fees,payments")
                        .option("startingOffsets", "earliest")
                        .load(),
                checkpoint);
        run(source().option("subscribe", "payments").load(), checkpoint);
    }

    public void startingOffsetsOfATable() {
        table().option("startingOffsets", "{\"payments\":{\"0\":0,\"1\":0}}")
                .load()
                .collectAsList();
    }

    public void checkpointOfTwoPrograms() throws Exception {
        Path checkpoint = folder();
        numbers()
                .writeStream()
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, id) ->
                        Files.copy(checkpoint.resolve("offsets/" + id), checkpoint.resolve("offsets/" + (id + 1))))
                .option("checkpointLocation", checkpoint.toString())
                .start()
                .awaitTermination();
    }

    public void sameName() throws Exception {
        Dataset<Row> numbers = numbers();
        StreamingQuery first =
                numbers.writeStream().format("noop").queryName("numbers").start();
        try {
            numbers.writeStream().format("noop").queryName("numbers").start();
        } finally {
            first.stop();
        }
    }

    public void tableWithoutName() throws Exception {
        numbers().writeStream().format("memory").start();
    }

    public void sinkWithHeadersOfText() throws Exception {
        run(
                numbers().selectExpr("CAST(value AS STRING) AS value", "'a' AS headers", "'payments' AS topic"),
                folder(),
                "kafka");
    }

    public void sinkWithNullTopic() throws Exception {
        run(numbers().selectExpr("CAST(value AS STRING) AS value", "CAST(NULL AS STRING) AS topic"), folder(), "kafka");
    }

    // Checkpoints

    public void checkpointOfTwoSources() throws Exception {
        Path checkpoint = folder();
        run(numbers(), checkpoint);
        run(numbers().union(numbers()), checkpoint);
    }

    public void checkpointOfAnotherSource() throws Exception {
        Path checkpoint = folder();
        run(numbers().select("value"), checkpoint);
        run(source().option("subscribe", "payments").load().select("value"), checkpoint);
    }

    public void checkpointOfAnotherOperator() throws Exception {
        Path checkpoint = folder();
        run(numbers().groupBy("value").count(), checkpoint);
        run(numbers().dropDuplicates("value"), checkpoint);
    }

    public void checkpointWithOneOperatorMore() throws Exception {
        Path checkpoint = folder();
        run(numbers().dropDuplicates("value"), checkpoint);
        run(numbers().dropDuplicates("value").dropDuplicates("timestamp"), checkpoint);
    }

    public void checkpointWithoutState() throws Exception {
        Path checkpoint = folder();
        run(numbers().groupBy("value").count(), checkpoint);
        delete(checkpoint.resolve("state"));
        run(numbers().groupBy("value").count(), checkpoint);
    }

    public void checkpointWithoutStateFiles() throws Exception {
        Path checkpoint = folder();
        run(numbers().groupBy("value").count(), checkpoint);
        delete(checkpoint.resolve("state/0/0"));
        run(numbers().groupBy("value").count(), checkpoint);
    }

    public void checkpointWithoutMetadata() throws Exception {
        Path checkpoint = folder();
        run(numbers(), checkpoint);
        Files.delete(checkpoint.resolve("metadata"));
        run(numbers(), checkpoint);
    }

    public void checkpointWithAnEmptyFile() throws Exception {
        Path checkpoint = folder();
        run(numbers(), checkpoint);
        Files.writeString(newest(checkpoint.resolve("offsets")), "");
        run(numbers(), checkpoint);
    }

    public void checkpointCutOff() throws Exception {
        Path checkpoint = folder();
        run(numbers(), checkpoint);
        Path offsets = newest(checkpoint.resolve("offsets"));
        Files.writeString(offsets, Files.readString(offsets).substring(0, 30));
        run(numbers(), checkpoint);
    }

    public void checkpointWithoutAnOffset() throws Exception {
        Path checkpoint = folder();
        run(numbers(), checkpoint);
        Files.delete(newest(checkpoint.resolve("offsets")));
        run(numbers(), checkpoint);
    }

    public void memoryRecovered() throws Exception {
        Path checkpoint = folder();
        for (int i = 0; i < 2; i++) {
            numbers()
                    .writeStream()
                    .format("memory")
                    .queryName("recovered" + i)
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .start()
                    .awaitTermination();
        }
    }

    public void filesThatWereDeleted() throws Exception {
        Path files = folder();
        Path checkpoint = folder();
        Files.writeString(files.resolve("a.json"), "{\"id\":1}");
        Dataset<Row> stream =
                SparkSession.active().readStream().schema("id INT").json(files.toString());
        stream.writeStream()
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, id) -> {
                    Files.delete(files.resolve("a.json"));
                    batch.collectAsList();
                })
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    public void writeStreamOfATable() {
        SparkSession.active().range(3).writeStream();
    }

    public void folderThatIsNotThere() {
        SparkSession.active()
                .readStream()
                .schema("id INT")
                .json(folder().resolve("payments").toString());
    }

    public void triggerThatTheSourceLacks() throws Exception {
        SparkSession.active()
                .readStream()
                .schema("id INT")
                .json(folder().toString())
                .writeStream()
                .format("console")
                .trigger(Trigger.Continuous("1 second"))
                .start()
                .awaitTermination();
    }

    public void sinkThatThrows() throws Exception {
        numbers()
                .writeStream()
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, id) -> {
                    throw new IllegalStateException("the database is gone");
                })
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private Dataset<Row> numbers() {
        return SparkSession.active()
                .readStream()
                .format("rate-micro-batch")
                .option("rowsPerBatch", 1)
                .load();
    }

    private static Path folder() {
        return Scratch.folder("query-");
    }

    private void run(Dataset<Row> stream, Path checkpoint) throws Exception {
        run(stream, checkpoint, "noop");
    }

    private void run(Dataset<Row> stream, Path checkpoint, String sink) throws Exception {
        start(stream, checkpoint, sink, Trigger.AvailableNow()).awaitTermination();
    }

    private StreamingQuery start(Dataset<Row> stream, Path checkpoint, String sink, Trigger trigger) throws Exception {
        return stream.writeStream()
                .format(sink)
                .outputMode("update")
                .option("kafka.bootstrap.servers", brokers())
                .option("checkpointLocation", checkpoint.toString())
                .trigger(trigger)
                .start();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", brokers()));
    }

    private TopicPartition topic(String name) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
        send(name);
        return new TopicPartition(name, 0);
    }

    private void send(String topic) throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            for (int i = 0; i < 4; i++) {
                producer.send(new ProducerRecord<>(topic, "12")).get();
            }
        }
    }

    private static Path newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .max((a, b) -> Integer.compare(number(a), number(b)))
                    .orElseThrow();
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
