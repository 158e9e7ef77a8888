package workbook.evaluate.exercises;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;

/** An exercise, and how it stands now. */
public record ExerciseStatus(Exercise exercise, Status mark) {

    /** All exercises, in the order in which they are meant to be done. */
    public static List<ExerciseStatus> all(Workspace desk) {
        return of(desk, new Lookup(desk).all());
    }

    /** These exercises. */
    public static List<ExerciseStatus> of(Workspace desk, List<Exercise> exercises) {
        Progress.Contents progress = Progress.of(desk).contents();
        Map<Exercise, Hashes> now = Hashes.all(
                desk,
                exercises.stream()
                        .filter(each -> Files.exists(file(desk, each)))
                        .toList());
        return exercises.stream()
                .map(each -> new ExerciseStatus(each, mark(desk, each, progress, now.get(each))))
                .toList();
    }

    /** The first one that is not solved. */
    public static Optional<ExerciseStatus> firstOpen(List<ExerciseStatus> places) {
        return places.stream().filter(ExerciseStatus::isOpen).findFirst();
    }

    /** The next one that is not solved, from this exercise on and round to the beginning; never the exercise itself. */
    public static Optional<ExerciseStatus> openAfter(List<ExerciseStatus> places, Exercise exercise) {
        int next = places.stream().map(ExerciseStatus::exercise).toList().indexOf(exercise) + 1;
        return Stream.concat(places.stream().skip(next), places.stream().limit(next))
                .filter(each -> each.isOpen() && !each.exercise.equals(exercise))
                .findFirst();
    }

    /** How many of them are solved. */
    public static long solved(List<ExerciseStatus> places) {
        return places.stream().filter(each -> !each.isOpen()).count();
    }

    /** Whether there is something left to do. */
    public boolean isOpen() {
        return mark != Status.SOLVED;
    }

    private static Path file(Workspace desk, Exercise exercise) {
        return desk.home().resolve(exercise.source());
    }

    /** A file that says of itself that it is unsolved needs no judge. */
    private static Status mark(Workspace desk, Exercise exercise, Progress.Contents progress, Hashes now) {
        if (now == null) {
            return Status.MISSING;
        }
        if (progress.attempts(exercise.className()).isEmpty()) {
            return Status.NOT_YET;
        }
        return progress.last(exercise.className(), now)
                .map(last -> Status.of(last.verdict()))
                .orElseGet(() -> FileContent.of(file(desk, exercise)).isStarter() ? Status.NOT_YET : Status.CHANGED);
    }
}
