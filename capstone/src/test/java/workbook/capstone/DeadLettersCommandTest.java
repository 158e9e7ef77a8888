package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.streaming.DeadLetter;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;

class DeadLettersCommandTest {

    private static final String NEGATIVE =
            "{\"id\":7,\"time\":\"2018-05-01T09:10:00Z\",\"customer\":1,\"terminal\":2,\"amount\":-3.50}";

    @TempDir
    private Path folder;

    @Test
    void refusedRecordsAreExportedFixedAndReplayed() throws IOException {
        try (LocalKafka kafka = LocalKafka.start()) {
            Topics.create(kafka, 2);
            refuse(kafka, "payments-0@3", "amount: negative", NEGATIVE.getBytes(StandardCharsets.UTF_8));
            refuse(
                    kafka,
                    "payments-0@3",
                    "amount: negative",
                    NEGATIVE.getBytes(StandardCharsets.UTF_8)); // scored twice
            refuse(kafka, "payments-1@9", "not JSON: Unexpected end", new byte[] {'{', (byte) 0xe9});
            refuse(kafka, "payments-1@12", "no value", null);

            assertThat(run(kafka)).isEqualTo("""
                    3 dead letters
                             1 × amount: negative
                             1 × no value
                             1 × not JSON: Unexpected end
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

            Files.write(file, List.of(lines.get(0).replace("-3.50", "3.50"), "", lines.get(1), "{\"origin\":"));
            assertThat(run(kafka, "--replay", file.toString())).isEqualTo("""
                    1 payments sent, 2 lines refused
                      line 3: not JSON: Unexpected end-of-input in START_OBJECT
                      line 4: not a dead letter: Unexpected end-of-input within/between Object entries
                    exit code 1
                    """);
            assertThat(firstPayment(kafka)).isEqualTo(NEGATIVE.replace("-3.50", "3.50"));
        }
    }

    private String run(LocalKafka kafka, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "dead-letters";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (ChildJvm process = ChildJvm.start(
                folder, Map.of(LocalKafka.CHOICE, kafka.bootstrapServers()), Fraud.class.getName(), all)) {
            int code = process.awaitEnd();
            return process.output() + "exit code " + code + "\n";
        }
    }

    private static void refuse(LocalKafka kafka, String origin, String reason, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.DEAD_LETTERS, value);
            record.headers()
                    .add(Topics.ORIGIN, origin.getBytes(StandardCharsets.UTF_8))
                    .add(Topics.REASON, reason.getBytes(StandardCharsets.UTF_8));
            producer.send(record);
        }
    }

    @SuppressWarnings("try") // the reader reads until it is closed
    private static String firstPayment(LocalKafka kafka) {
        Queue<String> payments = new ConcurrentLinkedQueue<>();
        try (TopicReader reader = TopicReader.start(
                kafka.bootstrapServers(),
                TopicReader.beginnings(kafka.bootstrapServers(), List.of(Topics.PAYMENTS)),
                record -> payments.add(new String(record.value(), StandardCharsets.UTF_8)))) {
            Awaitility.await().until(() -> !payments.isEmpty());
            return payments.element();
        }
    }
}
