package workbook.evaluate.desk;

/** Somebody named a lesson, an exercise or a topic that is not there. The message says what there is instead. */
public final class UnknownName extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** With what there is instead. */
    public UnknownName(String message) {
        super(message);
    }
}
