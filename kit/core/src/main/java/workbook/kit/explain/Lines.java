package workbook.kit.explain;

/** Wraps and indents text for a terminal. */
public final class Lines {

    /** At most 96 characters without a break within a word. */
    private static final String LINE = "(\\S.{0,94}\\S|\\S)(?:\\s+|$)|(\\S{97,})(?:\\s+|$)";

    private Lines() {}

    /** The text in indented lines of at most 98 characters. */
    public static String wrapped(String text) {
        return text.replaceAll(LINE, "  $1$2\n");
    }

    /** The text as an item of a list, in lines of at most 98 characters. */
    public static String hanging(String text) {
        return "- " + wrapped(text).strip();
    }

    /** The text with each of its lines indented. */
    public static String indented(String text) {
        return text.strip().replaceAll("(?m)^(?=.)", "  ");
    }
}
