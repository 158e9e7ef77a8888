package workbook.check.checkpoint;

import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * The one failure a checkpoint ends with. Its message is the whole result; it has no stack trace and no cause, since
 * whatever the learner needs of them is in the message.
 *
 * <p>Where the system property {@code workbook.reported} is set, the result stands on the same console, and the
 * message is only the verdict: nobody wants to read the rest twice.
 */
public final class CheckFailure extends AssertionError {

    private final transient CheckResult result;

    CheckFailure(CheckResult result) {
        super(
                Boolean.getBoolean("workbook.reported")
                        ? result.exercise() + " is " + result.verdict() + ", as told above"
                        : result.toString());
        this.result = result;
    }

    /** Ends a test whose answer is not solved. */
    public static void throwUnlessSolved(CheckResult result) {
        if (result.verdict() != Verdict.SOLVED) {
            throw new CheckFailure(result);
        }
    }

    public CheckResult result() {
        return result;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** Only the message: tools print this form, and the name of this class helps nobody. */
    @Override
    public String toString() {
        return getMessage();
    }
}
