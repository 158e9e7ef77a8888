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

/** An exercise and its current status. */
public record ExerciseStatus(Exercise exercise, Status status) {

    /** The status of all exercises, in the order of the lessons' pages. */
    public static List<ExerciseStatus> all(Workspace workspace) {
        return of(workspace, new Lookup(workspace).all());
    }

    /** The status of these exercises. */
    public static List<ExerciseStatus> of(Workspace workspace, List<Exercise> exercises) {
        Progress.Contents progress = Progress.of(workspace).contents();
        Map<Exercise, Hashes> now = Hashes.all(
                workspace,
                exercises.stream()
                        .filter(each -> Files.exists(file(workspace, each)))
                        .toList());
        return exercises.stream()
                .map(each -> new ExerciseStatus(each, status(workspace, each, progress, now.get(each))))
                .toList();
    }

    /** The first unsolved exercise. */
    public static Optional<ExerciseStatus> firstUnsolved(List<ExerciseStatus> statuses) {
        return statuses.stream().filter(each -> !each.isSolved()).findFirst();
    }

    /** The next unsolved exercise after this one, continuing at the beginning; never this exercise itself. */
    public static Optional<ExerciseStatus> nextUnsolved(List<ExerciseStatus> statuses, Exercise exercise) {
        int next = statuses.stream().map(ExerciseStatus::exercise).toList().indexOf(exercise) + 1;
        return Stream.concat(statuses.stream().skip(next), statuses.stream().limit(next))
                .filter(each -> !each.isSolved() && !each.exercise.equals(exercise))
                .findFirst();
    }

    /** The number of solved exercises. */
    public static long countSolved(List<ExerciseStatus> statuses) {
        return statuses.stream().filter(ExerciseStatus::isSolved).count();
    }

    /** Whether the current file is solved. */
    public boolean isSolved() {
        return status == Status.SOLVED;
    }

    private static Path file(Workspace workspace, Exercise exercise) {
        return workspace.home().resolve(exercise.source());
    }

    /** A starter needs no check to be open. */
    private static Status status(Workspace workspace, Exercise exercise, Progress.Contents progress, Hashes now) {
        if (now == null) {
            return Status.MISSING;
        }
        if (progress.attempts(exercise.className()).isEmpty()) {
            return Status.OPEN;
        }
        return progress.last(exercise.className(), now)
                .map(last -> Status.of(last.verdict()))
                .orElseGet(() -> FileContent.of(file(workspace, exercise)).isStarter() ? Status.OPEN : Status.CHANGED);
    }
}
