package workbook.check.verdict;

/** The verdict of a checkpoint on an answer. */
public enum Verdict {
    /** The starter threw {@link workbook.check.Unsolved}: there is no answer yet. */
    UNSOLVED,
    /** The answer runs, but a step failed. */
    WRONG,
    /** All steps passed. */
    SOLVED,
    /** The answer does not run: it does not compile, or the code or the engine threw an exception. */
    BROKEN;

    /** Whether there is an answer, and it fails the checkpoint. */
    public boolean isFailure() {
        return this == WRONG || this == BROKEN;
    }
}
