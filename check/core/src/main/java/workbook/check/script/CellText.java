package workbook.check.script;

import java.util.stream.Collectors;

/** A value as text in a table: characters that one cannot see are shown, and long texts are cut. */
final class CellText {

    private static final int LONGEST = 100;

    private CellText() {}

    /** A text; in quotes if it is empty, begins or ends with a blank, or could be taken for a null. */
    static String of(String text) {
        boolean isUnclear = !text.strip().equals(text) || text.isEmpty() || text.equals("null");
        String shown = cut(escaped(text));
        return isUnclear ? "\"" + shown + "\"" : shown;
    }

    /** The text with control characters, and those without a width, as in Java: {@code \n}, or with their number in Unicode. */
    static String escaped(String text) {
        return text.codePoints().mapToObj(CellText::escaped).collect(Collectors.joining());
    }

    /** At most a hundred characters, and the number of all. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                Character.isISOControl(character)
                                || Character.getType(character) == Character.FORMAT
                                || Character.getType(character) == Character.LINE_SEPARATOR
                        ? String.format("\\u%04X", character)
                        : Character.toString(character);
        };
    }
}
