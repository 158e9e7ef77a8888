package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;

/** A malformed record in one of the pipeline's output topics stops the reading process with the reason. */
class FailedReaderTest {

    @TempDir
    private Path folder;

    private LocalKafka kafka;

    @BeforeEach
    void start() {
        kafka = LocalKafka.start();
        Topics.create(kafka, 1);
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void thePipelineStopsAtOnce() {
        try (ChildJvm run =
                run("--for", "10m", "--no-page", "--partitions", "1").await("Sending payments")) {
            send(Topics.SCORES);
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output())
                    .contains("\nfraud: The reader of [", "] has failed: For input string: \"no id\"\n");
        }
    }

    @Test
    void thePageOfAPipelineOfOtherProcessesStopsAtOnce() {
        try (ChildJvm run = run("page", "--page", "0").await("Live page: ")) {
            send(Topics.QUERIES);
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.output())
                    .contains("\npage: The reader of [", "has failed: ", "Unrecognized token 'nonsense'");
        }
    }

    private ChildJvm run(String... arguments) {
        Map<String, String> environment = Map.of(LocalKafka.CHOICE, kafka.bootstrapServers());
        return ChildJvm.start(folder, environment, Fraud.class.getName(), arguments);
    }

    private void send(String topic) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "no id", "nonsense"));
        }
    }
}
