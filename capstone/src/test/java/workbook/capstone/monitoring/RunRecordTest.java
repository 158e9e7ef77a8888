package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.ProjectFolder;
import workbook.kit.Simulator;

class RunRecordTest {

    private static final String FILE = ".workbook/capstone/last-run.json";

    @TempDir
    private Path home;

    @Test
    void aRunReplacesTheRecordOfThePreviousOne() throws IOException {
        record(299).saveTo(home);
        record(300).saveTo(home);

        JsonNode run = new ObjectMapper().readTree(home.resolve(FILE).toFile());

        assertThat(run.get("time").asText()).isEqualTo("2026-01-01T19:30:00Z");
        assertThat(run.get("seconds").asDouble()).isEqualTo(60.5);
        assertThat(run.get("throughput").asDouble()).isEqualTo(300);
        assertThat(run.at("/done/1/status").asText()).isEqualTo("FAILED");
        try (var files = Files.list(home.resolve(FILE).getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void theMonthsReportReadsEveryField() throws IOException {
        record(300).saveTo(home);
        Path known = ProjectFolder.find()
                .orElseThrow()
                .resolve("evaluate/src/test/resources/workbook/evaluate/month/last-run.json");
        assertThat(fields(home.resolve(FILE))).isEqualTo(fields(known));
    }

    @Test
    void aRecordThatCannotBeWrittenIsReportedWithTheReason() throws IOException {
        Files.writeString(home.resolve(".workbook"), "in the way");
        assertThatThrownBy(() -> record(300).saveTo(home))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("The record of this run could not be written to");
    }

    private static RunRecord record(double throughput) {
        Outcomes outcomes = new Outcomes();
        Simulator.Settings simulation = Simulator.Settings.defaults();
        new Simulator(simulation).payments(0, 1).limit(3).forEach(payment -> {
            outcomes.recordSent(payment);
            outcomes.toScore().stop(payment.payment().id());
            outcomes.toBroker().stop(payment.payment().id());
        });
        DefinitionOfDone done =
                new DefinitionOfDone().point("Kafka", true, "3 records").point("Batch", false, "0 hours");
        return RunRecord.of(
                Instant.parse("2026-01-01T19:30:00Z"),
                new RunRecord.Flow(
                        Duration.ofMillis(60_500), Duration.ofSeconds(10), 300, throughput, List.of(299.0, 301.0)),
                done,
                outcomes);
    }

    /** Returns the paths of all fields, such as {@code toScore.curve.ms}. */
    private static TreeSet<String> fields(Path document) throws IOException {
        TreeSet<String> fields = new TreeSet<>();
        collect(new ObjectMapper().readTree(document.toFile()), "", fields);
        return fields;
    }

    private static void collect(JsonNode node, String path, TreeSet<String> fields) {
        node.properties().forEach(field -> collect(field.getValue(), path + "." + field.getKey(), fields));
        node.elements().forEachRemaining(element -> {
            if (node.isArray()) {
                collect(element, path, fields);
            }
        });
        if (node.isValueNode()) {
            fields.add(path);
        }
    }
}
