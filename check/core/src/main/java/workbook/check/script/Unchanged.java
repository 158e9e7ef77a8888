package workbook.check.script;

/** Lets an exception of an answer through as it is: {@code throw Unchanged.of(e)}, declared or not. */
public final class Unchanged {

    private Unchanged() {}

    public static RuntimeException of(Throwable thrown) {
        throw Unchanged.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E as(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
