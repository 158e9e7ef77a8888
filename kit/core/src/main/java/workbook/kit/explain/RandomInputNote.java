package workbook.kit.explain;

/** A suppressed exception on what an answer threw for random rows: its message says how to repeat these rows. */
public final class RandomInputNote extends RuntimeException {

    public RandomInputNote(String message) {
        super(message, null, false, false);
    }
}
