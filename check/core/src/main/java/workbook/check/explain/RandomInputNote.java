package workbook.check.explain;

/** Goes with an exception that an answer threw at random rows, as suppressed, and says how to have the same ones again. */
public final class RandomInputNote extends RuntimeException {

    public RandomInputNote(String message) {
        super(message, null, false, false);
    }
}
