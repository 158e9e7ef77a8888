package workbook.evaluate.exercises;

import java.util.List;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/** Lists the exercises of each lesson with their status, and the next exercise. */
public final class Overview {

    private final Workspace workspace;
    private final List<String> lessons;

    private Overview(Workspace workspace, List<String> lessons) {
        this.workspace = workspace;
        this.lessons = lessons;
    }

    /** The overview of all lessons that have exercises. */
    public static Overview of(Workspace workspace) {
        return new Overview(workspace, workspace.lessons());
    }

    /** The overview of one lesson, {@code 05}. */
    public static Overview of(Workspace workspace, String lesson) {
        return new Overview(workspace, List.of(lesson));
    }

    @Override
    public String toString() {
        List<LessonPage> pages =
                lessons.stream().map(lesson -> LessonPage.of(workspace, lesson)).toList();
        List<ExerciseStatus> statuses = ExerciseStatus.of(
                workspace,
                pages.stream().flatMap(page -> page.exercises().stream()).toList());
        StringBuilder text = new StringBuilder();
        pages.forEach(page -> text.append(lesson(page, statuses)).append('\n'));
        return text + meanings(statuses) + summary(statuses);
    }

    private static String lesson(LessonPage page, List<ExerciseStatus> statuses) {
        int width = statuses.stream()
                .mapToInt(status -> status.exercise().name().length())
                .max()
                .orElse(1);
        StringBuilder text = new StringBuilder(page.title()).append('\n');
        statuses.stream()
                .filter(status -> page.exercises().contains(status.exercise()))
                .forEach(status -> text.append(line(page, status, width)).append('\n'));
        return text.toString();
    }

    private static String line(LessonPage page, ExerciseStatus status, int width) {
        String begin = String.format(
                "  %-7s  %-" + width + "s  ", status.status(), status.exercise().name());
        return (begin + Paragraph.hanging(page.task(status.exercise()), begin.length())).stripTrailing();
    }

    private static String meanings(List<ExerciseStatus> statuses) {
        return meaning(statuses, Status.CHANGED, "the file or its checkpoint has changed since the last check")
                + meaning(statuses, Status.MISSING, "the file does not exist; './jbang reset <exercise>' restores it");
    }

    private static String meaning(List<ExerciseStatus> statuses, Status status, String text) {
        return statuses.stream().anyMatch(each -> each.status() == status) ? status + ": " + text + ".\n" : "";
    }

    private String summary(List<ExerciseStatus> statuses) {
        String solved = ExerciseStatus.countSolved(statuses) + " of " + statuses.size() + " solved.";
        Optional<Exercise> next = ExerciseStatus.firstUnsolved(statuses).map(ExerciseStatus::exercise);
        return solved
                + next.map(exercise -> " Next: " + exercise.name() + page(exercise) + "\n  file  " + exercise.source())
                        .orElse("");
    }

    private String page(Exercise exercise) {
        return workspace
                .page(exercise.lesson())
                .map(page -> "\n  page  " + Workspace.display(page))
                .orElse("");
    }
}
