package workbook.evaluate.exercises;

/** Somebody named a lesson, an exercise or a topic that is not there. The message says what there is instead. */
public final class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** With what there is instead. */
    public UnknownNameException(String message) {
        super(message);
    }
}
