package workbook.check.script;

/** Rethrows an exception of an answer without wrapping it, although it is not declared: {@code throw SneakyThrow.of(e)}. */
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
