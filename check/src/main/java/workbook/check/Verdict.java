package workbook.check;

import java.util.List;

/** What a checkpoint says about an answer. */
public enum Verdict {
    /** The starter's {@link Unsolved} came out: there is no answer yet. */
    UNSOLVED,
    /** The answer runs and does something else than asked. */
    WRONG,
    /** Every step held. */
    SOLVED,
    /** The answer does not run: Spark or the code itself threw. */
    BROKEN;

    /** Whether there is an answer, and it is not good. */
    boolean isRefusal() {
        return this == WRONG || this == BROKEN;
    }

    /**
     * What is to be said of an answer that made a step throw this. Spark wraps what is thrown inside a query, hence
     * {@link Unsolved} counts wherever it stands among the causes.
     */
    public static Verdict of(Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        if (causes.stream().anyMatch(Unsolved.class::isInstance)) {
            return UNSOLVED;
        }
        return thrown instanceof AssertionError ? WRONG : BROKEN;
    }
}
