package workbook.evaluate.exercises;

import org.apache.commons.text.WordUtils;

/** Wraps text for a terminal. */
public final class Paragraph {

    /** The width of a line: a terminal next to an editor. */
    public static final int WIDTH = 100;

    private Paragraph() {}

    /** Wraps text; all lines except the first are indented. */
    public static String hanging(String text, int indent) {
        return hanging(text, indent, WIDTH);
    }

    /** Like {@link #hanging(String, int)}, wrapped at this width. */
    public static String hanging(String text, int indent, int width) {
        return WordUtils.wrap(text, width - indent, "\n" + " ".repeat(indent), false);
    }
}
