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
 * An exercise's hints: a nudge, the idea, the API. They are shown one after the other; how far somebody has come stands in
 * {@code .workbook/hints.json}, where it is the number of the last hint shown for each exercise.
 *
 * @param desk where the hints are
 */
public record Hints(Workspace desk) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The next hint, as it reads on a terminal; after the last one, the last one again.
     *
     * @throws IllegalStateException if the exercise has no hints
     */
    public String next(Exercise exercise) {
        return show(exercise, Math.min(shown(exercise) + 1, sections(exercise).size()));
    }

    /**
     * One hint.
     *
     * @param number from 1
     * @throws IllegalArgumentException if there is none of this number
     * @throws IllegalStateException if the exercise has no hints
     */
    public String show(Exercise exercise, int number) {
        List<String> sections = sections(exercise);
        if (number < 1 || number > sections.size()) {
            throw new IllegalArgumentException(exercise.name() + " has the hints 1 to " + sections.size() + ".");
        }
        remember(exercise, number);
        return exercise + ", hint " + Markdown.plain(sections.get(number - 1)) + "\n\n"
                + (number < sections.size()
                        ? "Try again. If you need it, there is one more: ./jbang hint " + exercise.name()
                        : "That was the last one. ./jbang hint " + exercise.name() + " --all shows all of them.");
    }

    /**
     * All of them.
     *
     * @throws IllegalStateException if the exercise has no hints
     */
    public String all(Exercise exercise) {
        List<String> sections = sections(exercise);
        remember(exercise, sections.size());
        return exercise + ", all hints\n\n"
                + sections.stream().map(Markdown::plain).collect(Collectors.joining("\n\n"));
    }

    /** Each begins with its heading, {@code 1 · A nudge}; what stands before the first belongs to none. */
    List<String> sections(Exercise exercise) {
        Path page = desk.home().resolve(exercise.hint());
        if (!Files.exists(page)) {
            throw new IllegalStateException(
                    "There are no hints for " + exercise.name() + ": " + exercise.hint() + " is not there.");
        }
        return Stream.of(("\n" + FileContent.of(page)).replace("\r\n", "\n").split("\n## "))
                .skip(1)
                .map(text -> "## " + text)
                .toList();
    }

    private int shown(Exercise exercise) {
        return memory().getOrDefault(exercise.className(), 0);
    }

    /** A file that cannot be understood is as good as none: it costs a hint that is shown twice. */
    private Map<String, Integer> memory() {
        try {
            return Files.exists(file())
                    ? JSON.readValue(file().toFile(), new TypeReference<TreeMap<String, Integer>>() {})
                    : new TreeMap<>();
        } catch (IOException e) {
            return new TreeMap<>();
        }
    }

    private void remember(Exercise exercise, int number) {
        Map<String, Integer> memory = memory();
        memory.merge(exercise.className(), number, Math::max);
        try {
            new FileContent(JSON.writeValueAsBytes(memory)).replace(file());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Which hint was shown could not be noted in " + file() + ": " + e.getMessage(), e);
        }
    }

    private Path file() {
        return desk.home().resolve(".workbook/hints.json");
    }
}
