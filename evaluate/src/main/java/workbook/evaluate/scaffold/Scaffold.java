package workbook.evaluate.scaffold;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * Writes the files of a new exercise: starter, checkpoint, hints, answer, misconceptions, alternatives, and a line in the
 * table of exercises on the lesson's page. They compile and hold a small sample; the proof of the exercise fails until
 * its author has replaced it.
 */
public final class Scaffold {

    private static final String TEMPLATE = "exercise.txt";
    private static final String FILE = "==> ";

    private final Workspace workspace;

    /** For the exercises of this project. */
    public Scaffold(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Writes the files and returns their paths, relative to the project's folder; the page is the last.
     *
     * @throws IllegalArgumentException if the exercise exists, its lesson does not run on Spark, or its page has no table
     *     of exercises. Nothing is written then.
     */
    public List<Path> write(Exercise exercise) {
        if (!read(Path.of("exercises", "lesson" + exercise.lesson(), "pom.xml")).contains(">kit-spark<")) {
            throw new IllegalArgumentException(
                    "Lesson " + exercise.lesson()
                            + " does not run on Spark, and only exercises on Spark have a template. Copy an exercise of this lesson.");
        }
        Map<Path, String> files = new LinkedHashMap<>();
        for (String part : template().split("(?m)^" + FILE)) {
            if (!part.isBlank()) {
                String[] pathAndText = fill(part, exercise).split("\n", 2);
                files.put(Path.of(pathAndText[0]), pathAndText[1]);
            }
        }
        files.keySet().stream()
                .filter(file -> Files.exists(workspace.home().resolve(file)))
                .findFirst()
                .ifPresent(file -> {
                    throw new IllegalArgumentException("There is an exercise " + exercise.name() + ": " + file);
                });
        Path page = workspace.page(exercise.lesson()).orElseThrow();
        files.put(page, withLine(read(page), exercise));
        files.forEach(this::save);
        return List.copyOf(files.keySet());
    }

    /** The page with a line for the exercise below the last one of its table. */
    private static String withLine(String page, Exercise exercise) {
        List<String> lines = new ArrayList<>(Arrays.asList(page.split("\n", -1)));
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith("| ") && lines.get(i).contains("/hints/")) {
                lines.add(i + 1, line(exercise));
                return String.join("\n", lines);
            }
        }
        throw new IllegalArgumentException("The page of lesson " + exercise.lesson() + " has no table of exercises.");
    }

    private static String line(Exercise exercise) {
        return "| %s | TODO | [%s.java](../../%s) | [three steps](../../%s) |"
                .formatted(exercise.name(), exercise.name(), exercise.source(), exercise.hint());
    }

    private static String fill(String text, Exercise exercise) {
        return Mustache.compiler()
                .escapeHTML(false)
                .compile(text)
                .execute(Map.of("lesson", exercise.lesson(), "name", exercise.name()));
    }

    private static String template() {
        try (InputStream in = Scaffold.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the template of an exercise", e);
        }
    }

    private String read(Path file) {
        try {
            return Files.readString(workspace.home().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private void save(Path file, String text) {
        Path target = workspace.home().resolve(file);
        try {
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + target, e);
        }
    }
}
