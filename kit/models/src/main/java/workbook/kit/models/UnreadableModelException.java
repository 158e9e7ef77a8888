package workbook.kit.models;

/** Thrown when a model cannot be read. The message says which folder and file, and what is wrong with it. */
public final class UnreadableModelException extends RuntimeException {

    UnreadableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
