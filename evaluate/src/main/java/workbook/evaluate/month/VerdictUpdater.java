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

/** Sees to it that every exercise has a verdict that holds, and tells so, a line each. */
public final class VerdictUpdater {

    private final Supplier<ExerciseChecker> examiners;
    private final Workspace desk;
    private final Clock clock;
    private final PrintStream out;
    private final Progress progress;

    /**
     * @param examiners asked for one only if something is to be judged, since one takes its time to get ready
     * @param out told a line per exercise
     */
    public VerdictUpdater(Supplier<ExerciseChecker> examiners, Workspace desk, Clock clock, PrintStream out) {
        this.examiners = examiners;
        this.desk = desk;
        this.clock = clock;
        this.out = out;
        this.progress = Progress.of(desk);
    }

    /**
     * Judges what has changed since it was judged, and records the attempts.
     *
     * @param fresh judges all of them anew, changed or not
     * @return why answers were refused, by the exercise's class name, as far as they were judged now
     */
    public Map<String, String> grade(List<Exercise> exercises, boolean fresh) {
        Map<String, String> reasons = new HashMap<>();
        try (Lazy examiner = new Lazy()) {
            for (Exercise exercise : exercises) {
                Hashes hashes = Hashes.of(desk, exercise);
                Optional<Attempt> before =
                        fresh ? Optional.empty() : progress.contents().last(exercise.className(), hashes);
                if (before.isPresent()) {
                    out.printf("%-8s  %s, as before%n", before.get().verdict(), exercise);
                } else {
                    reasons.put(exercise.className(), judge(exercise, hashes, examiner.get()));
                }
            }
        }
        return reasons;
    }

    private String judge(Exercise exercise, Hashes hashes, ExerciseChecker examiner) {
        CheckResult result = examiner.judge(exercise);
        Hashes now = Hashes.of(desk, exercise);
        if (!now.equals(hashes)) {
            return judge(exercise, now, examiner); // saved meanwhile: which text was judged nobody knows
        }
        progress.add(
                new Attempt(clock.instant(), exercise.className(), result.verdict(), result.misconception(), hashes));
        result.toString().lines().limit(1).forEach(out::println);
        return new CheckResultText(result).whole();
    }

    /** The examiner, once there is one. */
    private final class Lazy implements AutoCloseable {
        private ExerciseChecker examiner;

        ExerciseChecker get() {
            if (examiner == null) {
                examiner = examiners.get();
            }
            return examiner;
        }

        @Override
        public void close() {
            if (examiner != null) {
                examiner.close();
            }
        }
    }
}
