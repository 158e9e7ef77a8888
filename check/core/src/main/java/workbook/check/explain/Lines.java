package workbook.check.explain;

/** Text for a terminal. */
public final class Lines {

    /** As wide as a terminal is at least, and no word is cut. */
    private static final String LINE = "(\\S.{0,94}\\S|\\S)(?:\\s+|$)|(\\S{97,})(?:\\s+|$)";

    private Lines() {}

    /** The text in lines that are indented, and no longer than is pleasant to read. */
    public static String wrapped(String text) {
        return text.replaceAll(LINE, "  $1$2\n");
    }

    /** The text with each of its lines indented. */
    public static String indented(String text) {
        return text.strip().replaceAll("(?m)^(?=.)", "  ");
    }
}
