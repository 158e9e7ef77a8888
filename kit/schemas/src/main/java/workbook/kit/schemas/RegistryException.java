package workbook.kit.schemas;

/** The registry's answer is an error. */
public final class RegistryException extends RuntimeException {

    /** The registry has no such subject. */
    public static final int UNKNOWN_SUBJECT = 40401;
    /** The subject has no such version. */
    public static final int UNKNOWN_VERSION = 40402;
    /** The registry has no such schema. */
    public static final int UNKNOWN_SCHEMA = 40403;
    /** The subject has no compatibility level of its own. */
    public static final int NO_LEVEL = 40408;
    /** The schema does not fit the subject's versions. */
    public static final int INCOMPATIBLE = 409;
    /** The text is not a schema. */
    public static final int INVALID_SCHEMA = 42201;
    /** Neither a positive number nor {@code latest}. */
    public static final int INVALID_VERSION = 42202;
    /** There is no such compatibility level. */
    public static final int INVALID_LEVEL = 42203;

    private final int code;

    /** @param code Confluent's code of the error: the HTTP status, and mostly two digits more */
    public RegistryException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Confluent's code of the error: the HTTP status, and mostly two digits more. */
    public int code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return code > 999 ? code / 100 : code;
    }
}
