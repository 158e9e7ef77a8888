package workbook.kit;

import java.util.Arrays;

/**
 * Prints a table to standard output, line by line.
 *
 * @param format the columns, as {@link String#format} takes them: {@code "%-24s  %-9s  %s"}
 */
public record TextTable(String format) {

    /** Prints one line without blanks at its end. The first one usually has the titles; null prints as nothing. */
    public TextTable row(Object... cells) {
        Object[] shown =
                Arrays.stream(cells).map(cell -> cell == null ? "" : cell).toArray();
        System.out.println(String.format(format, shown).stripTrailing());
        return this;
    }
}
