package workbook.kit;

import java.util.Arrays;
import java.util.List;

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

    /** Prints cells of several lines each, side by side, the first lines of all cells in one row. */
    public TextTable lines(String... cells) {
        List<List<String>> columns =
                Arrays.stream(cells).map(cell -> cell.lines().toList()).toList();
        int rows = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < rows; i++) {
            int line = i;
            row(columns.stream()
                    .map(column -> line < column.size() ? column.get(line) : "")
                    .toArray());
        }
        return this;
    }
}
