package workbook.evaluate.libraries;

/** A class path cannot be resolved. The message is for the learner and says what to do. */
public final class ClassPathException extends RuntimeException {

    public ClassPathException(String message) {
        super(message);
    }
}
