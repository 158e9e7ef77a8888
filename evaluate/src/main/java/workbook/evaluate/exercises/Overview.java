package workbook.evaluate.exercises;

import java.util.List;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/** The exercises, lesson by lesson, how each stands, and what to do next: as a learner reads it. */
public final class Overview {

    private final Workspace desk;
    private final List<String> lessons;

    private Overview(Workspace desk, List<String> lessons) {
        this.desk = desk;
        this.lessons = lessons;
    }

    /** Of all lessons that have exercises. */
    public static Overview of(Workspace desk) {
        return new Overview(desk, desk.lessons());
    }

    /** Of one lesson, {@code 05}. */
    public static Overview of(Workspace desk, String lesson) {
        return new Overview(desk, List.of(lesson));
    }

    @Override
    public String toString() {
        List<LessonPage> pages =
                lessons.stream().map(lesson -> LessonPage.of(desk, lesson)).toList();
        List<ExerciseStatus> places = ExerciseStatus.of(
                desk, pages.stream().flatMap(page -> page.exercises().stream()).toList());
        StringBuilder text = new StringBuilder();
        pages.forEach(page -> text.append(lesson(page, places)).append('\n'));
        return text + meanings(places) + summary(places);
    }

    private static String lesson(LessonPage page, List<ExerciseStatus> places) {
        int width = places.stream()
                .mapToInt(place -> place.exercise().name().length())
                .max()
                .orElse(1);
        StringBuilder text = new StringBuilder(page.title()).append('\n');
        places.stream()
                .filter(place -> page.exercises().contains(place.exercise()))
                .forEach(place -> text.append(line(page, place, width)).append('\n'));
        return text.toString();
    }

    private static String line(LessonPage page, ExerciseStatus place, int width) {
        String begin = String.format(
                "  %-7s  %-" + width + "s  ", place.mark(), place.exercise().name());
        return (begin + Paragraph.hanging(page.task(place.exercise()), begin.length())).stripTrailing();
    }

    private static String meanings(List<ExerciseStatus> places) {
        return meaning(places, Status.CHANGED, "the file, or what judges it, is no longer what was judged")
                + meaning(places, Status.MISSING, "the file is not there; './jbang reset' and its name bring it back");
    }

    private static String meaning(List<ExerciseStatus> places, Status mark, String text) {
        return places.stream().anyMatch(place -> place.mark() == mark) ? mark + ": " + text + ".\n" : "";
    }

    private String summary(List<ExerciseStatus> places) {
        String solved = ExerciseStatus.solved(places) + " of " + places.size() + " solved.";
        Optional<Exercise> next = ExerciseStatus.firstOpen(places).map(ExerciseStatus::exercise);
        return solved
                + next.map(exercise -> " Next: " + exercise.name() + page(exercise) + "\n  file  " + exercise.source())
                        .orElse("");
    }

    private String page(Exercise exercise) {
        return desk.page(exercise.lesson())
                .map(page -> "\n  page  " + Workspace.display(page))
                .orElse("");
    }
}
