package workbook.kit.explain;

/**
 * A suppressed exception on another one: what was known where it was caught and its message lacks, such as what became of
 * a watermark in the plan that an engine rejected. The rules match it as a line after the message; it is never shown.
 */
public final class FailureNote extends RuntimeException {

    public FailureNote(String message) {
        super(message, null, false, false);
    }
}
