package workbook.evaluate.month;

import java.io.PrintStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.CheckResultText;

/** Checks the exercises that have no valid verdict, and prints one line per exercise. */
public final class VerdictUpdater {

    private final Supplier<ExerciseChecker> checkers;
    private final Workspace workspace;
    private final Clock clock;
    private final PrintStream out;
    private final Progress progress;

    /**
     * @param checkers called only if an exercise must be checked, because a checker takes time to start
     * @param out gets one line per exercise
     */
    public VerdictUpdater(Supplier<ExerciseChecker> checkers, Workspace workspace, Clock clock, PrintStream out) {
        this.checkers = checkers;
        this.workspace = workspace;
        this.clock = clock;
        this.out = out;
        this.progress = Progress.of(workspace);
    }

    /**
     * Checks the exercises that have changed since their last check, and records the attempts.
     *
     * @param fresh whether to check all exercises
     * @return the full results of the exercises checked now, by class name
     */
    public Map<String, String> update(List<Exercise> exercises, boolean fresh) {
        Map<String, String> texts = new HashMap<>();
        try (Lazy checker = new Lazy()) {
            for (Exercise exercise : exercises) {
                Hashes hashes = Hashes.of(workspace, exercise);
                Optional<Attempt> before =
                        fresh ? Optional.empty() : progress.contents().last(exercise.className(), hashes);
                if (before.isPresent()) {
                    out.printf("%-8s  %s, unchanged%n", before.get().verdict(), exercise);
                } else {
                    texts.put(exercise.className(), check(exercise, hashes, checker.get()));
                }
            }
        }
        return texts;
    }

    private String check(Exercise exercise, Hashes hashes, ExerciseChecker checker) {
        CheckResult result = checker.check(exercise);
        Hashes now = Hashes.of(workspace, exercise);
        if (!now.equals(hashes)) {
            return check(exercise, now, checker); // saved during the check: unknown which version was checked
        }
        progress.add(
                new Attempt(clock.instant(), exercise.className(), result.verdict(), result.misconception(), hashes));
        result.toString().lines().limit(1).forEach(out::println);
        return new CheckResultText(result).whole();
    }

    /** Creates the checker on first use. */
    private final class Lazy implements AutoCloseable {
        private ExerciseChecker checker;

        ExerciseChecker get() {
            if (checker == null) {
                checker = checkers.get();
            }
            return checker;
        }

        @Override
        public void close() {
            if (checker != null) {
                checker.close();
            }
        }
    }
}
