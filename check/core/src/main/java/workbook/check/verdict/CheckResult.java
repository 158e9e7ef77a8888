package workbook.check.verdict;

import java.util.Objects;
import workbook.check.catalog.Exercise;
import workbook.check.explain.Explanation;
import workbook.check.script.Difference;

/**
 * A verdict on one exercise and all that led to it, as data. {@link CheckResultText} makes of it what people read,
 * {@link CheckResultJson} what programs read.
 *
 * @param step the sentence of the step that was refused; empty where none was
 * @param message what the step says that was refused, or the compiler; empty where {@code difference} or
 *        {@code explanation} says it
 * @param difference what came out of a story, and what should have; null where no story went wrong
 * @param explanation why the code does not run; of a story that went wrong, what was thrown after that; else null
 * @param diagnosis the mistake, if somebody has described it; else null
 */
public record CheckResult(
        Exercise exercise,
        Verdict verdict,
        String step,
        String message,
        Difference difference,
        Explanation explanation,
        Diagnosis diagnosis) {

    public static CheckResult solved(Exercise exercise) {
        return new CheckResult(exercise, Verdict.SOLVED, "", "", null, null, null);
    }

    public static CheckResult unsolved(Exercise exercise, String step) {
        return new CheckResult(exercise, Verdict.UNSOLVED, step, "", null, null, null);
    }

    /** On an answer that a step refuses in words of its own. */
    public static CheckResult wrong(Exercise exercise, String step, String message) {
        return new CheckResult(exercise, Verdict.WRONG, step, message, null, null, null);
    }

    /**
     * On an answer of which a story came out otherwise.
     *
     * @param thrown what was thrown after that; null if nothing was
     */
    public static CheckResult wrong(Exercise exercise, String step, Difference difference, Explanation thrown) {
        return new CheckResult(exercise, Verdict.WRONG, step, "", difference, thrown, null);
    }

    public static CheckResult broken(Exercise exercise, String step, Explanation explanation) {
        return new CheckResult(exercise, Verdict.BROKEN, step, "", null, explanation, null);
    }

    /** On an answer that does not compile; the errors as {@code javac} would tell them to a friend. */
    public static CheckResult uncompiled(Exercise exercise, String errors) {
        return new CheckResult(exercise, Verdict.BROKEN, "", errors, null, null, null);
    }

    /** The same result, and what the learner seems to believe. */
    public CheckResult with(Diagnosis diagnosis) {
        return new CheckResult(exercise, verdict, step, message, difference, explanation, diagnosis);
    }

    /** The name of the mistake that was diagnosis, or empty. */
    public String misconception() {
        return diagnosis == null ? "" : diagnosis.name();
    }

    /**
     * Whether another answer to the same exercise was refused at the same step for having done the same: the same rows,
     * batch by batch up to the one that went wrong, or the same failure. Where it happened in the file does not count,
     * nor how it is put into words.
     */
    public boolean behavesLike(CheckResult other) {
        return verdict == other.verdict
                && step.equals(other.step)
                && message.equals(other.message)
                && Objects.equals(difference, other.difference)
                && (verdict != Verdict.BROKEN || failsLike(other));
    }

    private boolean failsLike(CheckResult other) {
        return explanation == null || other.explanation == null
                ? explanation == other.explanation
                : explanation.isSameFailure(other.explanation);
    }

    /** As people read it. */
    @Override
    public String toString() {
        return new CheckResultText(this).toString();
    }
}
