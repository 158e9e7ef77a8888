package workbook.kit.explain;

/**
 * Why an answer does not run.
 *
 * @param what what happened, in the learner's terms
 * @param advice how to fix it; may be empty
 * @param error the engine's name for the error, else the name of the exception's class; empty for an interrupted run
 * @param quote the original message, after the error's name in brackets; empty for an interrupted run
 * @param place the learner's file, with the line if it is known
 * @param note how to reproduce it, such as the seed of random rows; may be empty
 */
public record Explanation(String what, String advice, String error, String quote, String place, String note) {

    /** Explains why a run was interrupted; no exception was thrown. */
    public static Explanation ofInterruptedRun(String what, String advice, String place) {
        return new Explanation(what, advice, "", "", place, "");
    }

    /** Whether both have the same exception, wherever it was thrown; of interrupted runs, whether both have the same text. */
    public boolean isSameFailure(Explanation other) {
        return error.equals(other.error) && quote.equals(other.quote) && (!error.isEmpty() || what.equals(other.what));
    }

    @Override
    public String toString() {
        String opening =
                what + "\n\n" + (advice.isEmpty() ? "" : Lines.wrapped(advice) + (quote.isEmpty() ? "" : "\n"));
        return (opening + Lines.wrapped(quote)).stripTrailing() + "\n  " + place
                + (note.isEmpty() ? "" : "\n  " + note);
    }
}
