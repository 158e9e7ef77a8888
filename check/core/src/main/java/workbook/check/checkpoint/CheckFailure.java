package workbook.check.checkpoint;

import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * Thrown by a checkpoint whose answer is not solved. Its message is the whole result. It has no stack trace and no cause:
 * the message contains what the learner needs of them.
 *
 * <p>If the system property {@code workbook.reported} is set, the console already shows the result, and the message is
 * only the verdict.
 */
public final class CheckFailure extends AssertionError {

    private final transient CheckResult result;

    CheckFailure(CheckResult result) {
        super(
                Boolean.getBoolean("workbook.reported")
                        ? result.exercise() + " is " + result.verdict() + ", see above"
                        : result.toString());
        this.result = result;
    }

    /** Fails the test if the answer is not solved. */
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

    /** Only the message, without the class name: build tools and IDEs print this form. */
    @Override
    public String toString() {
        return getMessage();
    }
}
