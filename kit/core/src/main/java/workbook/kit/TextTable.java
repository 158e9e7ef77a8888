package workbook.kit;

import java.util.Arrays;

/**
 * Prints a table to standard output, line by line.
 *
 * @param format the columns in the syntax of {@link String#format}: {@code "%-24s  %-9s  %s"}
 */
public record TextTable(String format) {

    /** Prints one line without trailing blanks; null prints as nothing. The first row usually holds the titles. */
    public TextTable row(Object... cells) {
        Object[] shown =
                Arrays.stream(cells).map(cell -> cell == null ? "" : cell).toArray();
        System.out.println(String.format(format, shown).stripTrailing());
        return this;
    }
}
