package workbook.evaluate.libraries;

/** Nobody could say what a lesson's code may use. Its message is for the learner: why, and what to do. */
public final class ClassPathException extends RuntimeException {

    public ClassPathException(String message) {
        super(message);
    }
}
