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
 * What a lesson's page says of the exercises. Its table of exercises is the order in which they are meant to be done;
 * those it does not name come last.
 *
 * @param title the page's heading: {@code 05 · Watermarks: when is an hour over?}
 * @param exercises all of the lesson's exercises
 * @param tasks what an exercise asks, by its name, as the page's table has it
 */
record LessonPage(String title, List<Exercise> exercises, Map<String, String> tasks) {

    private static final Pattern ROW = Pattern.compile("\\|([^|]+)\\|([^|]+)\\|.*exercises/lesson\\d\\d/hints/.*");

    /** Of a lesson, {@code 05}. A lesson without a page has its number for a title. */
    static LessonPage of(Workspace desk, String lesson) {
        List<String> lines = page(desk, lesson).map(LessonPage::lines).orElse(List.of());
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
        return new LessonPage(title, inOrder(lesson, desk.exercises(lesson), tasks.keySet().stream()), tasks);
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

    private static Optional<Path> page(Workspace desk, String lesson) {
        return desk.page(lesson).map(desk.home()::resolve).filter(Files::exists);
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + page + ": " + e.getMessage(), e);
        }
    }
}
