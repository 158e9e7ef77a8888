package workbook.kit.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the DAGs in the folder {@code conformance}, and compares the states. */
class ConformanceTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    static Stream<File> cases() {
        File[] files = new File("src/test/resources/conformance").listFiles((folder, name) -> name.endsWith(".json"));
        return Stream.of(files).sorted();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStatesAreThoseOfTheCase(File file) throws IOException {
        JsonNode expected = new ObjectMapper().readTree(file);
        List<Task> tasks = new ArrayList<>();
        Map<String, List<Outcome>> outcomes = new HashMap<>();
        for (JsonNode node : expected.get("tasks")) {
            Task task = task(node);
            tasks.add(task);
            if (node.has("outcomes")) {
                outcomes.put(
                        task.id(), texts(node.get("outcomes")).map(Outcome::of).toList());
            }
        }

        Night night = NightRunner.play(Dag.of(tasks), Work.scripted(outcomes), List.of(Run.at(MIDNIGHT)));

        Night.Result result = night.results().get(0);
        assertThat(texts(result.states())).isEqualTo(texts(expected.get("states"), tasks));
        assertThat(result.state()).hasToString(expected.get("run").asText());
        expected.path("tries")
                .properties()
                .forEach(tries -> assertThat(result.tries())
                        .containsEntry(tries.getKey(), tries.getValue().asInt()));
    }

    private static Task task(JsonNode node) {
        String rule = node.path("trigger_rule").asText("all_success").toUpperCase(Locale.ROOT);
        Retries retries = new Retries(node.path("retries").asInt(0), Duration.ofMinutes(5), false, Duration.ZERO);
        return Task.of(node.get("id").asText())
                .after(texts(node.path("upstream")).toArray(String[]::new))
                .when(TriggerRule.valueOf(rule))
                .with(retries);
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private static Map<String, String> texts(Map<String, TaskState> states) {
        Map<String, String> texts = new LinkedHashMap<>();
        states.forEach((task, state) -> texts.put(task, state.toString()));
        return texts;
    }

    /** The states of all tasks; a case has one for each. */
    private static Map<String, String> texts(JsonNode states, List<Task> tasks) {
        assertThat(states.size()).isEqualTo(tasks.size());
        Map<String, String> texts = new LinkedHashMap<>();
        states.properties()
                .forEach(state -> texts.put(state.getKey(), state.getValue().asText()));
        return texts;
    }
}
