package workbook.check.explain;

/**
 * Why an answer does not run.
 *
 * @param what what happened, in the learner's terms
 * @param advice what to do about it; may be empty
 * @param error the engine's name for the error, else that of the exception's class; empty where the code was cut short
 * @param quote what was said, the error's name before it in brackets; empty where nobody said anything
 * @param place where in the learner's file it happened; the file alone where nobody knows
 * @param note how to meet the same once more, such as the seed of random rows; may be empty
 */
public record Explanation(String what, String advice, String error, String quote, String place, String note) {

    /** Of code that was cut short, before it could say anything. */
    public static Explanation ofInterruptedRun(String what, String advice, String place) {
        return new Explanation(what, advice, "", "", place, "");
    }

    /** Whether the same was thrown, at whatever place; code that was cut short has thrown nothing, and has its own words only. */
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
