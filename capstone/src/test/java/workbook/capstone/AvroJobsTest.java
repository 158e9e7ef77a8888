package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.spark.PipelineFolder;
import workbook.capstone.streaming.TopicReader;
import workbook.capstone.streaming.Topics;
import workbook.kit.LocalKafka;
import workbook.kit.schemas.LocalRegistry;

/** The scoring and the simulator as processes, with the schema registry of the first. */
class AvroJobsTest {

    private static final Pattern URL = Pattern.compile("Schema registry: (\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aNewRegistryWithTheFileOfTheOldOneKnowsItsIds() throws Exception {
        PipelineFolder home = new PipelineFolder(folder.resolve("home"));
        new ModelRegistry(home.models()).publish(Load.model());
        try (LocalKafka kafka = LocalKafka.start()) {
            try (ChildJvm scoring = scoring(kafka, home)) {
                simulate(kafka, scoring);
                awaitScores(kafka, 400);
            }
            // Without a checkpoint, the scoring reads both versions again.
            Files.move(home.checkpoint("scoring"), folder.resolve("old checkpoint"));
            try (ChildJvm scoring = scoring(kafka, home)) {
                awaitScores(kafka, 800);
                assertThat(scoring.isAlive()).isTrue();
            }
            assertThat(count(kafka, Topics.DEAD_LETTERS)).isZero();
        }
    }

    private ChildJvm scoring(LocalKafka kafka, PipelineFolder home) {
        return start(
                        Map.of(LocalKafka.CHOICE, kafka.bootstrapServers()),
                        "jobs",
                        "scoring",
                        "--home",
                        home.path().toString(),
                        "--format",
                        "avro",
                        "--registry-port",
                        "0")
                .await("Schema registry: ");
    }

    private void simulate(LocalKafka kafka, ChildJvm scoring) {
        Matcher url = URL.matcher(scoring.output());
        assertThat(url.find()).isTrue();
        Map<String, String> environment = new HashMap<>();
        environment.put(LocalKafka.CHOICE, kafka.bootstrapServers());
        environment.put(LocalRegistry.CHOICE, url.group(1));
        try (ChildJvm simulator = start(
                environment,
                "simulate",
                "--for",
                "2s",
                "--rate",
                "200",
                "--malformed",
                "0",
                "--format",
                "avro",
                "--evolve",
                "1s")) {
            assertThat(simulator.awaitEnd()).isZero();
            assertThat(simulator.output()).startsWith("400 payments");
        }
    }

    private ChildJvm start(Map<String, String> environment, String... arguments) {
        return ChildJvm.start(folder, environment, Fraud.class.getName(), arguments);
    }

    private static void awaitScores(LocalKafka kafka, long scores) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count(kafka, Topics.SCORES)).isEqualTo(scores));
    }

    private static long count(LocalKafka kafka, String topic) {
        return TopicReader.ends(kafka.bootstrapServers(), List.of(topic)).total();
    }
}
