package workbook.check.verdict;

/** What a checkpoint says about an answer. */
public enum Verdict {
    /** The starter's {@link workbook.check.Unsolved} came out: there is no answer yet. */
    UNSOLVED,
    /** The answer runs and does something else than asked. */
    WRONG,
    /** Every step held. */
    SOLVED,
    /** The answer does not run: the engine or the code itself threw. */
    BROKEN;

    /** Whether there is an answer, and it is not good. */
    public boolean isFailure() {
        return this == WRONG || this == BROKEN;
    }
}
