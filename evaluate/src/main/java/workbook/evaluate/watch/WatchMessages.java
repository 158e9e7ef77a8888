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

/** What is said to a learner between two verdicts: where they stand, what to do next, what the keys do. */
final class WatchMessages {

    private final Workspace desk;
    private final List<Exercise> watched;

    /** For somebody who works on these exercises. */
    WatchMessages(Workspace desk, List<Exercise> watched) {
        this.desk = desk;
        this.watched = watched;
    }

    String greeting(boolean hasKeys) {
        String what = watched.size() == 1 ? watched.get(0).name() : watched.size() + " exercises";
        return "Watching " + what + ". Save a file, and it is judged." + (hasKeys ? "\n" + keys() : "");
    }

    String keys() {
        return "Keys: n next · h hint · l list · r run · x reset · q quit";
    }

    /** Where somebody begins: the first exercise that is open, or else the first. */
    Exercise first() {
        return ExerciseStatus.firstOpen(places()).map(ExerciseStatus::exercise).orElse(watched.get(0));
    }

    /** The next that is open, from this one on and round to the beginning. */
    Optional<Exercise> after(Exercise exercise) {
        return ExerciseStatus.openAfter(places(), exercise).map(ExerciseStatus::exercise);
    }

    String task(Exercise exercise) {
        ExerciseStatus place = ExerciseStatus.of(desk, List.of(exercise)).get(0);
        return "\n" + exercise + (place.isOpen() ? "" : ", " + place.mark())
                + desk.page(exercise.lesson())
                        .map(page -> "\n  page  " + Workspace.display(page))
                        .orElse("")
                + "\n  file  " + exercise.source();
    }

    String nothingLeft() {
        return ExerciseStatus.firstOpen(places())
                .map(open -> "\nThe only one that is open is " + open.exercise().name() + ".")
                .orElseGet(this::allSolved);
    }

    /** After a verdict; after a solved exercise with the way on. */
    String standing(Exercise exercise, boolean isSolved) {
        List<ExerciseStatus> all = ExerciseStatus.all(desk);
        List<ExerciseStatus> lesson = all.stream()
                .filter(each -> each.exercise().lesson().equals(exercise.lesson()))
                .toList();
        return "\n" + solved(lesson) + " solved in lesson " + exercise.lesson() + ", " + solved(all) + " in all."
                + (isSolved ? wayOn(all, exercise) : "");
    }

    private String wayOn(List<ExerciseStatus> all, Exercise exercise) {
        List<ExerciseStatus> places =
                all.stream().filter(each -> watched.contains(each.exercise())).toList();
        return ExerciseStatus.openAfter(places, exercise)
                .map(next -> " Next: " + next.exercise().name() + ".")
                .orElseGet(this::allSolved);
    }

    String hint(Exercise exercise) {
        return "\n" + new Hints(desk).next(exercise);
    }

    String list() {
        return "\n" + Overview.of(desk);
    }

    String reset(Exercise exercise) {
        return "\n" + new Starters(desk).reset(exercise, Clock.systemUTC());
    }

    /** These, in the order in which they are meant to be done. */
    static List<Exercise> exercises(Workspace desk, String typed) {
        Lookup lookup = new Lookup(desk);
        return typed == null ? lookup.all() : lookup.exercises(typed);
    }

    private String allSolved() {
        return "\nAll that you watch is solved. './jbang grade' shows the month.";
    }

    private List<ExerciseStatus> places() {
        return ExerciseStatus.of(desk, watched);
    }

    private static String solved(List<ExerciseStatus> places) {
        return ExerciseStatus.solved(places) + " of " + places.size();
    }
}
