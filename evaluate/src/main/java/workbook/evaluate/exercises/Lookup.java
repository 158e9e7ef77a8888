package workbook.evaluate.exercises;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/**
 * Finds lessons and exercises by user input. A lesson is {@code 5}, {@code 05} or {@code lesson05}; an exercise is
 * {@code HourlyRevenue} in upper or lower case, optionally with its lesson ({@code 05/HourlyRevenue}), or the path of
 * its file.
 */
public record Lookup(Workspace workspace) {

    private static final Pattern LESSON = Pattern.compile("(?:lesson)?(\\d{1,2})(?:-[^/]*)?", Pattern.CASE_INSENSITIVE);
    private static final int SUGGESTIONS = 3;

    /**
     * Returns a lesson as two digits.
     *
     * @throws UnknownNameException if it has no exercises
     */
    public String lesson(String typed) {
        String lesson = number(typed)
                .orElseThrow(() -> new UnknownNameException(
                        "There is no lesson " + typed + ". Lessons: " + String.join(", ", workspace.lessons())));
        workspace.missingMessage(lesson, null).ifPresent(message -> {
            throw new UnknownNameException(message);
        });
        return lesson;
    }

    /**
     * Returns an exercise.
     *
     * @throws UnknownNameException if there is none with the name, or more than one
     */
    public Exercise exercise(String typed) {
        if (number(typed).isPresent()) {
            throw new UnknownNameException(
                    "Which exercise of lesson " + lesson(typed) + "? Exercises: " + names(exercises(typed)));
        }
        List<Exercise> found = found(typed);
        if (found.size() > 1) {
            throw new UnknownNameException(
                    "Several lessons have " + found.get(0).name() + ". Specify one: "
                            + found.stream()
                                    .map(each -> each.lesson() + "/" + each.name())
                                    .collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst().orElseThrow(() -> unknown(typed));
    }

    /**
     * Returns all exercises of a lesson, or the exercise with the name.
     *
     * @throws UnknownNameException if there is neither
     */
    public List<Exercise> exercises(String typed) {
        if (number(typed).isEmpty()) {
            return List.of(exercise(typed));
        }
        return LessonPage.of(workspace, lesson(typed)).exercises();
    }

    /** Returns all exercises, in the order of the lessons' pages. */
    public List<Exercise> all() {
        return workspace.lessons().stream()
                .flatMap(lesson -> LessonPage.of(workspace, lesson).exercises().stream())
                .toList();
    }

    private List<Exercise> found(String typed) {
        String name = name(typed);
        Optional<String> lesson = lessonBefore(typed, name);
        return all().stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .filter(each -> lesson.isEmpty() || lesson.get().equals(each.lesson()))
                .toList();
    }

    private static Optional<String> number(String typed) {
        Matcher lesson = LESSON.matcher(typed.strip());
        return lesson.matches()
                ? Optional.of("0".repeat(2 - lesson.group(1).length()) + lesson.group(1))
                : Optional.empty();
    }

    /** The part after the last slash or dot, without a file extension. */
    private static String name(String typed) {
        String[] parts = parts(typed);
        return parts[parts.length - 1];
    }

    private static Optional<String> lessonBefore(String typed, String name) {
        String[] parts = parts(typed);
        return parts.length == 1 ? Optional.empty() : number(parts[parts.length - 2]);
    }

    private static String[] parts(String typed) {
        String[] parts = typed.strip().replaceFirst("\\.(java|md)$", "").split("[/\\\\.]");
        return parts.length == 0 ? new String[] {""} : parts;
    }

    private UnknownNameException unknown(String typed) {
        List<String> near = near(name(typed));
        return new UnknownNameException("There is no exercise " + typed + ". "
                + (near.isEmpty()
                        ? "'./jbang list' shows all exercises."
                        : "Did you mean " + String.join(" or ", near) + "?"));
    }

    /** The names with a small edit distance or with this part, the closest first. */
    private List<String> near(String name) {
        Map<String, Integer> distances = new TreeMap<>();
        all().forEach(each -> distances.put(each.name(), Spelling.distance(name, each.name())));
        return distances.entrySet().stream()
                .filter(each -> each.getValue() <= Math.max(2, name.length() / 3))
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .limit(SUGGESTIONS)
                .toList();
    }

    private static String names(List<Exercise> exercises) {
        return exercises.stream().map(Exercise::name).collect(Collectors.joining(", "));
    }
}
