package workbook.check.verdict;

import java.util.List;
import java.util.Objects;
import workbook.check.catalog.Exercise;
import workbook.check.difference.Remark;
import workbook.check.script.Difference;
import workbook.kit.explain.Explanation;

/**
 * The result of checking an answer: the verdict and its reasons, as data. {@link CheckResultText} formats it for people,
 * {@link CheckResultJson} for programs.
 *
 * @param step the name of the step that failed; empty if none did
 * @param message the message of the failed step, or of the compiler; empty if there is a {@code difference} or an
 *        {@code explanation}
 * @param difference the actual and the expected output of a script; null if no script failed
 * @param explanation why the code does not run; of a failed script, what was thrown afterwards; else null
 * @param refusedQuery if the engine refused to start the answer's query: its watermarks and operators, or the engine's
 *        method that refused it, see {@link workbook.check.script.RefusedQuery}; else empty
 * @param diagnosis the misconception that behaves like the answer, or a guess; null if there is none
 * @param note another reason that is known, in a sentence; may be empty
 */
public record CheckResult(
        Exercise exercise,
        Verdict verdict,
        String step,
        String message,
        Difference difference,
        Explanation explanation,
        String refusedQuery,
        Diagnosis diagnosis,
        String note) {

    public static CheckResult solved(Exercise exercise) {
        return new CheckResult(exercise, Verdict.SOLVED, "", "", null, null, "", null, "");
    }

    public static CheckResult unsolved(Exercise exercise, String step) {
        return new CheckResult(exercise, Verdict.UNSOLVED, step, "", null, null, "", null, "");
    }

    /** The result if a step failed with a message of its own. */
    public static CheckResult wrong(Exercise exercise, String step, String message) {
        return new CheckResult(exercise, Verdict.WRONG, step, message, null, null, "", null, "");
    }

    /**
     * The result if the output differs from the script.
     *
     * @param thrown what was thrown afterwards; null if nothing was
     */
    public static CheckResult wrong(Exercise exercise, String step, Difference difference, Explanation thrown) {
        return new CheckResult(exercise, Verdict.WRONG, step, "", difference, thrown, "", null, "");
    }

    public static CheckResult broken(Exercise exercise, String step, Explanation explanation) {
        return broken(exercise, step, explanation, "");
    }

    /** The result if the engine refused the query. */
    public static CheckResult broken(Exercise exercise, String step, Explanation explanation, String refusedQuery) {
        return new CheckResult(exercise, Verdict.BROKEN, step, "", null, explanation, refusedQuery, null, "");
    }

    /** The result if the answer does not compile. */
    public static CheckResult uncompiled(Exercise exercise, String errors) {
        return new CheckResult(exercise, Verdict.BROKEN, "", errors, null, null, "", null, "");
    }

    /** This result with a diagnosis. */
    public CheckResult with(Diagnosis diagnosis) {
        return new CheckResult(
                exercise, verdict, step, message, difference, explanation, refusedQuery, diagnosis, note);
    }

    /** This result with a note. */
    public CheckResult withNote(String note) {
        return new CheckResult(
                exercise, verdict, step, message, difference, explanation, refusedQuery, diagnosis, note);
    }

    /** The name of the misconception that behaves exactly like the answer, or empty. */
    public String misconception() {
        return diagnosis == null || diagnosis.isGuess() ? "" : diagnosis.name();
    }

    /** The kinds of the sentences about the difference that say more than which columns differ. */
    public List<String> kinds() {
        return difference == null
                ? List.of()
                : difference.remarks().stream()
                        .filter(Remark::tellsMore)
                        .map(Remark::kind)
                        .toList();
    }

    /**
     * Whether another answer to the same exercise failed at the same step with the same behaviour: the same rows in each
     * batch up to the one that failed, or the same exception and, if the engine refused the query, a query with the same
     * watermarks and operators. The line in the file and the wording do not matter.
     */
    public boolean behavesLike(CheckResult other) {
        return verdict == other.verdict
                && step.equals(other.step)
                && message.equals(other.message)
                && Objects.equals(difference, other.difference)
                && refusedQuery.equals(other.refusedQuery)
                && (verdict != Verdict.BROKEN || failsLike(other));
    }

    private boolean failsLike(CheckResult other) {
        return explanation == null || other.explanation == null
                ? explanation == other.explanation
                : explanation.isSameFailure(other.explanation);
    }

    /** The result as text. */
    @Override
    public String toString() {
        return new CheckResultText(this).toString();
    }
}
