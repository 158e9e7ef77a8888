package workbook.evaluate.exercises;

import workbook.check.verdict.Verdict;

/** The status of an exercise: the verdict on its current file, or why there is none. */
public enum Status {
    SOLVED("solved"),
    WRONG("wrong"),
    BROKEN("broken"),
    /** There is no answer yet, or it was not checked yet. */
    OPEN("open"),
    /** There was a verdict, but the file or its checkpoint has changed since. */
    CHANGED("changed"),
    /** The learner's file does not exist. */
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
            case UNSOLVED -> OPEN;
        };
    }

    /** The status as text for the learner. */
    @Override
    public String toString() {
        return text;
    }
}
