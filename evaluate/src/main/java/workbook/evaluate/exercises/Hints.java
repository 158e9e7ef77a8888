package workbook.evaluate.exercises;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * Shows the hints of an exercise one after the other: a nudge, the idea, the API. {@code .workbook/hints.json} stores
 * the number of the last hint shown for each exercise.
 */
public record Hints(Workspace workspace) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Returns the next hint as text for a terminal; after the last hint, the last one again.
     *
     * @throws IllegalStateException if the exercise has no hints
     */
    public String next(Exercise exercise) {
        return show(exercise, Math.min(shown(exercise) + 1, sections(exercise).size()));
    }

    /**
     * Returns a hint.
     *
     * @param number from 1
     * @throws IllegalArgumentException if there is no such hint
     * @throws IllegalStateException if the exercise has no hints
     */
    public String show(Exercise exercise, int number) {
        List<String> sections = sections(exercise);
        if (number < 1 || number > sections.size()) {
            throw new IllegalArgumentException(exercise.name() + " has hints 1 to " + sections.size() + ".");
        }
        record(exercise, number);
        return exercise + ", hint " + Markdown.plain(sections.get(number - 1)) + "\n\n"
                + (number < sections.size()
                        ? "For the next hint: ./jbang hint " + exercise.name()
                        : "This is the last hint. For all hints: ./jbang hint " + exercise.name() + " --all");
    }

    /**
     * Returns all hints.
     *
     * @throws IllegalStateException if the exercise has no hints
     */
    public String all(Exercise exercise) {
        List<String> sections = sections(exercise);
        record(exercise, sections.size());
        return exercise + ", all hints\n\n"
                + sections.stream().map(Markdown::plain).collect(Collectors.joining("\n\n"));
    }

    /** The hints, each with its heading, {@code 1 · A nudge}. Text before the first heading is ignored. */
    List<String> sections(Exercise exercise) {
        Path page = workspace.home().resolve(exercise.hint());
        if (!Files.exists(page)) {
            throw new IllegalStateException(
                    "There are no hints for " + exercise.name() + ": " + exercise.hint() + " does not exist.");
        }
        return Stream.of(("\n" + FileContent.of(page)).replace("\r\n", "\n").split("\n## "))
                .skip(1)
                .map(text -> "## " + text)
                .toList();
    }

    private int shown(Exercise exercise) {
        return lastHints().getOrDefault(exercise.className(), 0);
    }

    /** Reads the numbers of the last hints; an invalid file counts as empty. */
    private Map<String, Integer> lastHints() {
        try {
            return Files.exists(file())
                    ? JSON.readValue(file().toFile(), new TypeReference<TreeMap<String, Integer>>() {})
                    : new TreeMap<>();
        } catch (IOException e) {
            return new TreeMap<>();
        }
    }

    private void record(Exercise exercise, int number) {
        Map<String, Integer> lastHints = lastHints();
        lastHints.merge(exercise.className(), number, Math::max);
        try {
            new FileContent(JSON.writeValueAsBytes(lastHints)).replace(file());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file() + ": " + e.getMessage(), e);
        }
    }

    private Path file() {
        return workspace.home().resolve(".workbook/hints.json");
    }
}
