package workbook.evaluate.exercises;

/** The learner named a lesson, an exercise or a subject that does not exist. The message lists alternatives. */
public final class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** Creates an exception with a message that lists alternatives. */
    public UnknownNameException(String message) {
        super(message);
    }
}
