package workbook.check.script;

/** Lets an exception of an answer through as it is: {@code throw SneakyThrow.of(e)}, declared or not. */
public final class SneakyThrow {

    private SneakyThrow() {}

    public static RuntimeException of(Throwable thrown) {
        throw SneakyThrow.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E as(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
