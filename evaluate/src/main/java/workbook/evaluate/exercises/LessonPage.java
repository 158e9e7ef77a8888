package workbook.evaluate.exercises;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * The title and the table of exercises of a lesson's page. Exercises are in the order of the table; those that it does
 * not list come last.
 *
 * @param title the heading of the page: {@code 05 · Watermarks: when is an hour over?}
 * @param exercises all exercises of the lesson
 * @param tasks the task of each exercise in the table, by name
 */
record LessonPage(String title, List<Exercise> exercises, Map<String, String> tasks) {

    private static final Pattern ROW = Pattern.compile("\\|([^|]+)\\|([^|]+)\\|.*exercises/lesson\\d\\d/hints/.*");

    /** Reads the page of a lesson, {@code 05}. Without a page, the title is the lesson's number. */
    static LessonPage of(Workspace workspace, String lesson) {
        List<String> lines = page(workspace, lesson).map(LessonPage::lines).orElse(List.of());
        Map<String, String> tasks = new LinkedHashMap<>();
        lines.stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> tasks.put(row.group(1).strip(), row.group(2).strip()));
        String title = lines.stream()
                .filter(line -> line.startsWith("# "))
                .findFirst()
                .map(line -> line.substring(2))
                .orElse(lesson);
        return new LessonPage(title, inOrder(lesson, workspace.exercises(lesson), tasks.keySet().stream()), tasks);
    }

    String task(Exercise exercise) {
        return tasks.getOrDefault(exercise.name(), "");
    }

    private static List<Exercise> inOrder(String lesson, List<String> names, Stream<String> first) {
        return Stream.concat(first.filter(names::contains), names.stream())
                .distinct()
                .map(name -> Exercise.of(lesson, name))
                .toList();
    }

    private static Optional<Path> page(Workspace workspace, String lesson) {
        return workspace.page(lesson).map(workspace.home()::resolve).filter(Files::exists);
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + page + ": " + e.getMessage(), e);
        }
    }
}
