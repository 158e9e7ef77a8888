package workbook.evaluate.desk;

/** Somebody named a lesson or an exercise that is not there. The message says what there is instead. */
public final class UnknownName extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnknownName(String message) {
        super(message);
    }
}
