package workbook.check.judge;

import workbook.check.verdict.Judgement;
import workbook.check.verdict.Verdict;

/**
 * The one failure a checkpoint ends with. Its message is the whole judgement; it has no stack trace and no cause, since
 * whatever the learner needs of them is in the message.
 *
 * <p>Where the system property {@code workbook.reported} is set, the judgement stands on the same console, and the
 * message is only the verdict: nobody wants to read the rest twice.
 */
public final class Refusal extends AssertionError {

    private final transient Judgement judgement;

    Refusal(Judgement judgement) {
        super(
                Boolean.getBoolean("workbook.reported")
                        ? judgement.exercise() + " is " + judgement.verdict() + ", as told above"
                        : judgement.toString());
        this.judgement = judgement;
    }

    /** Ends a test whose answer is not solved. */
    public static void unlessSolved(Judgement judgement) {
        if (judgement.verdict() != Verdict.SOLVED) {
            throw new Refusal(judgement);
        }
    }

    public Judgement judgement() {
        return judgement;
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
