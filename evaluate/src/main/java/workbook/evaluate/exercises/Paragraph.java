package workbook.evaluate.exercises;

import org.apache.commons.text.WordUtils;

/** Text in lines of a terminal. */
public final class Paragraph {

    /** How many columns a line has: what fits beside an editor. */
    public static final int WIDTH = 100;

    private Paragraph() {}

    /** Words in lines; those after the first are indented, so that the first may stand behind something. */
    public static String hanging(String text, int indent) {
        return hanging(text, indent, WIDTH);
    }

    /** The same, in lines of so many columns. */
    public static String hanging(String text, int indent, int width) {
        return WordUtils.wrap(text, width - indent, "\n" + " ".repeat(indent), false);
    }
}
