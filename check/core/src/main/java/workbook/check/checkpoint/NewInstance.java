package workbook.check.checkpoint;

/** A second object of an answer's class in the same process: two of them must not affect each other. */
public final class NewInstance {

    private NewInstance() {}

    /** Creates another object of the answer's class, by its constructor without parameters. */
    @SuppressWarnings("unchecked")
    public static <T> T of(T answer) {
        try {
            return (T) answer.getClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(answer.getClass().getName() + " cannot be created: " + e.getMessage(), e);
        }
    }
}
