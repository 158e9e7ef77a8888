package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.format.AvroFormat;
import workbook.capstone.format.Format;
import workbook.capstone.format.Parsed;
import workbook.capstone.streaming.DeadLetter;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.Payment;
import workbook.kit.schemas.LocalRegistry;

class DeadLettersCommandTest {

    private static final String NEGATIVE =
            "{\"id\":7,\"time\":\"2018-05-01T09:10:00Z\",\"customer\":1,\"terminal\":2,\"amount\":-3.50}";

    private static final byte[] LATIN_1 = {'{', (byte) 0xe9};

    @TempDir
    private Path folder;

    @Test
    void refusedRecordsAreExportedMendedAndReplayed() throws IOException {
        try (LocalKafka kafka = LocalKafka.start()) {
            Topics.create(kafka, 2);
            refuse(kafka, "7", "payments-0@3", "amount: negative", bytes(NEGATIVE));
            refuse(kafka, "7", "payments-0@3", "amount: negative", bytes(NEGATIVE)); // scored twice
            refuse(kafka, "8", "payments-1@9", "not JSON: Unexpected end", LATIN_1);
            refuse(kafka, "8", "payments-1@12", "no value", null);
            assertThat(run(kafka)).isEqualTo("""
                    3 dead letters
                             1 × amount: negative
                             1 × no value
                             1 × not JSON: Unexpected end
                    0 parked
                    exit code 0
                    """);

            Path file = folder.resolve("letters.jsonl");
            run(kafka, "--export", file.toString());
            List<String> lines = Files.readAllLines(file);
            assertThat(lines.stream().map(DeadLetter::fromJson))
                    .containsExactly(
                            new DeadLetter("payments-0@3", "amount: negative", NEGATIVE, null),
                            new DeadLetter("payments-1@9", "not JSON: Unexpected end", null, "e+k="),
                            new DeadLetter("payments-1@12", "no value", null, null));
            assertThat(run(kafka, "--export", file.toString()))
                    .contains("exists already. Choose another file.")
                    .endsWith("exit code 1\n");

            refuse(kafka, "9", "payments-0@20", "no value", null); // after the export
            Files.write(file, List.of(lines.get(0).replace("-3.50", "3.50"), "", lines.get(1), lines.get(2)));
            assertThat(run(kafka, "--replay", file.toString())).isEqualTo("""
                    2 payments sent, 2 records parked
                      payments-1@9: not JSON: Unexpected end-of-input in START_OBJECT
                      1 others: sent three times before, or behind a parked record of their key
                    It stopped at payments-0@20, which is not in %s. Export the rest, and replay it, too.
                    exit code 1
                    """.formatted(file));
            assertThat(first(kafka, Topics.PAYMENTS)).satisfies(payment -> {
                assertThat(payment.value()).isEqualTo(bytes(NEGATIVE.replace("-3.50", "3.50")));
                assertThat(payment.key()).isEqualTo(bytes("7"));
                assertThat(header(payment, Topics.ORIGIN)).isEqualTo("payments-0@3");
                assertThat(header(payment, Topics.ATTEMPTS)).isEqualTo("1");
            });
            assertThat(first(kafka, Topics.PARKED).value()).isEqualTo(LATIN_1);
            assertThat(run(kafka, "--replay", file.toString())).startsWith("0 payments sent, 0 records parked");

            Path parked = folder.resolve("parked.jsonl");
            assertThat(run(kafka, "--take-parked", parked.toString())).isEqualTo("""
                    1 dead letters
                             1 × no value
                    0 parked
                    exit code 0
                    """);
            assertThat(Files.readAllLines(parked)).containsExactly(lines.get(1), lines.get(2));
        }
    }

    @Test
    void aRecordInAvroIsExportedAsJsonAndSentAsAvro() throws IOException {
        try (LocalKafka kafka = LocalKafka.start();
                LocalRegistry registry = LocalRegistry.start()) {
            Topics.create(kafka, 1);
            Format avro = AvroFormat.register(registry.url());
            Payment negative = new Payment(7, Instant.parse("2018-05-01T09:10:00Z"), 1, 2, new BigDecimal("-3.50"));
            refuse(kafka, "7", "payments-0@3", "amount: negative", avro.write(negative));
            byte[] unreadable = {0, 0, 0, 0, 99, (byte) 0xe9};
            refuse(kafka, "8", "payments-0@4", "unknown schema 99", unreadable);
            Map<String, String> environment =
                    Map.of(LocalKafka.CHOICE, kafka.bootstrapServers(), LocalRegistry.CHOICE, registry.url());

            Path file = folder.resolve("letters.jsonl");
            run(environment, "--format", "avro", "--export", file.toString());
            List<String> lines = Files.readAllLines(file);
            assertThat(lines.stream().map(DeadLetter::fromJson))
                    .containsExactly(
                            new DeadLetter("payments-0@3", "amount: negative", NEGATIVE, null),
                            new DeadLetter("payments-0@4", "unknown schema 99", null, "AAAAAGPp"));

            Files.write(file, List.of(lines.get(0).replace("-3.50", "3.50"), lines.get(1)));
            assertThat(run(environment, "--format", "avro", "--replay", file.toString()))
                    .isEqualTo("""
                    1 payments sent, 1 records parked
                      payments-0@4: unknown schema 99
                    exit code 1
                    """);
            assertThat(avro.parse(first(kafka, Topics.PAYMENTS).value(), Instant.now()))
                    .isEqualTo(new Parsed.Accepted(new Payment(
                            7, negative.time(), negative.customer(), negative.terminal(), new BigDecimal("3.50"))));
            assertThat(first(kafka, Topics.PARKED).value()).isEqualTo(unreadable);
        }
    }

    @Test
    void aFileThatIsNoExportSendsNothing() throws IOException {
        try (LocalKafka kafka = LocalKafka.start()) {
            Topics.create(kafka, 1);
            refuse(kafka, "7", "payments-0@3", "amount: negative", bytes(NEGATIVE));
            Path file = Files.writeString(folder.resolve("letters.jsonl"), "\n{\"origin\":");
            assertThat(run(kafka, "--replay", file.toString()))
                    .contains("letters.jsonl line 2 is not a dead letter: ")
                    .contains("Nothing was sent.")
                    .endsWith("exit code 1\n");
            assertThat(run(kafka)).startsWith("1 dead letters");
        }
    }

    private String run(LocalKafka kafka, String... arguments) {
        return run(Map.of(LocalKafka.CHOICE, kafka.bootstrapServers()), arguments);
    }

    private String run(Map<String, String> environment, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "dead-letters";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (ChildJvm process = ChildJvm.start(folder, environment, Fraud.class.getName(), all)) {
            int code = process.awaitEnd();
            return process.output() + "exit code " + code + "\n";
        }
    }

    private static void refuse(LocalKafka kafka, String key, String origin, String reason, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.DEAD_LETTERS, bytes(key), value);
            record.headers().add(Topics.ORIGIN, bytes(origin)).add(Topics.REASON, bytes(reason));
            producer.send(record);
        }
    }

    @SuppressWarnings("try") // the reader reads until it is closed
    private static ConsumerRecord<byte[], byte[]> first(LocalKafka kafka, String topic) {
        Queue<ConsumerRecord<byte[], byte[]>> records = new ConcurrentLinkedQueue<>();
        try (TopicReader reader = TopicReader.start(
                kafka.bootstrapServers(),
                TopicReader.beginnings(kafka.bootstrapServers(), List.of(topic)),
                records::add)) {
            Awaitility.await().until(() -> !records.isEmpty());
            return records.element();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
