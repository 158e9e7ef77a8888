package workbook.evaluate.watch;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.ExerciseStatus;
import workbook.evaluate.exercises.Hints;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.exercises.Overview;
import workbook.evaluate.exercises.Starters;

/** The texts of {@code watch} apart from verdicts: tasks, progress, keys. */
final class WatchMessages {

    private final Workspace workspace;
    private final List<Exercise> watched;

    /** Creates the messages for these exercises. */
    WatchMessages(Workspace workspace, List<Exercise> watched) {
        this.workspace = workspace;
        this.watched = watched;
    }

    String greeting(boolean hasKeys) {
        String what = watched.size() == 1 ? watched.get(0).name() : watched.size() + " exercises";
        return "Watching " + what + ". Save a file to check it." + (hasKeys ? "\n" + keys() : "");
    }

    String keys() {
        return "Keys: n next · h hint · l list · r run · x reset · q quit";
    }

    /** The first unsolved exercise, or the first one if all are solved. */
    Exercise first() {
        return ExerciseStatus.firstUnsolved(statuses())
                .map(ExerciseStatus::exercise)
                .orElse(watched.get(0));
    }

    /** The next unsolved exercise after this one, continuing at the beginning. */
    Optional<Exercise> after(Exercise exercise) {
        return ExerciseStatus.nextUnsolved(statuses(), exercise).map(ExerciseStatus::exercise);
    }

    String task(Exercise exercise) {
        ExerciseStatus status = ExerciseStatus.of(workspace, List.of(exercise)).get(0);
        return "\n" + exercise + (status.isSolved() ? ", " + status.status() : "")
                + workspace
                        .page(exercise.lesson())
                        .map(page -> "\n  page  " + Workspace.display(page))
                        .orElse("")
                + "\n  file  " + exercise.source();
    }

    String noOtherExercise() {
        return ExerciseStatus.firstUnsolved(statuses())
                .map(unsolved ->
                        "\nThe only unsolved exercise is " + unsolved.exercise().name() + ".")
                .orElseGet(this::allSolved);
    }

    /** The progress after a verdict; after a solved exercise with the next one. */
    String progress(Exercise exercise, boolean isSolved) {
        List<ExerciseStatus> all = ExerciseStatus.all(workspace);
        List<ExerciseStatus> lesson = all.stream()
                .filter(each -> each.exercise().lesson().equals(exercise.lesson()))
                .toList();
        return "\n" + solved(lesson) + " solved in lesson " + exercise.lesson() + ", " + solved(all) + " in total."
                + (isSolved ? next(all, exercise) : "");
    }

    private String next(List<ExerciseStatus> all, Exercise exercise) {
        List<ExerciseStatus> statuses =
                all.stream().filter(each -> watched.contains(each.exercise())).toList();
        return ExerciseStatus.nextUnsolved(statuses, exercise)
                .map(next -> " Next: " + next.exercise().name() + ".")
                .orElseGet(this::allSolved);
    }

    String hint(Exercise exercise) {
        return "\n" + new Hints(workspace).next(exercise);
    }

    String list() {
        return "\n" + Overview.of(workspace);
    }

    String reset(Exercise exercise) {
        return "\n" + new Starters(workspace).reset(exercise, Clock.systemUTC());
    }

    /** The exercises of a lesson or with a name, in the order of the lessons' pages; all for null. */
    static List<Exercise> exercises(Workspace workspace, String typed) {
        Lookup lookup = new Lookup(workspace);
        return typed == null ? lookup.all() : lookup.exercises(typed);
    }

    private String allSolved() {
        return "\nAll watched exercises are solved. './jbang grade' shows your score.";
    }

    private List<ExerciseStatus> statuses() {
        return ExerciseStatus.of(workspace, watched);
    }

    private static String solved(List<ExerciseStatus> statuses) {
        return ExerciseStatus.countSolved(statuses) + " of " + statuses.size();
    }
}
