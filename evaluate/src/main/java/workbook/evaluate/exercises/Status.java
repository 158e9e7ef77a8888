package workbook.evaluate.exercises;

import workbook.check.verdict.Verdict;

/** How an exercise stands: what was said of its file as it is now. */
public enum Status {
    SOLVED("solved"),
    WRONG("wrong"),
    BROKEN("broken"),
    /** There is no answer yet, or none that was judged. */
    NOT_YET("not yet"),
    /** There was a verdict, but the file, or what judges it, has changed since. */
    CHANGED("changed"),
    /** The learner's file is not there. */
    MISSING("missing");

    private final String text;

    Status(String text) {
        this.text = text;
    }

    static Status of(Verdict verdict) {
        return switch (verdict) {
            case SOLVED -> SOLVED;
            case WRONG -> WRONG;
            case BROKEN -> BROKEN;
            case UNSOLVED -> NOT_YET;
        };
    }

    /** As a learner reads it. */
    @Override
    public String toString() {
        return text;
    }
}
