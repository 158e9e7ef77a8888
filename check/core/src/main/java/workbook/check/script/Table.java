package workbook.check.script;

import java.util.List;

/**
 * A table of rows as text.
 *
 * @param label {@code in} or the name of an input; {@code out}, or {@code so far} if it is all output so far;
 *     {@code expected}, or {@code in order}; with {@code before}, of earlier batches
 * @param columns the names of the columns
 */
public record Table(String label, List<String> columns, List<Line> lines) {

    /** @param mark the difference; null if there is none */
    public record Line(List<Cell> cells, Mark mark) {}

    /** @param isNumber whether it is a number, which is aligned to the right */
    public record Cell(String text, boolean isNumber) {}

    /** The difference of a row. */
    public enum Mark {
        /** The row is in the output, but not expected. */
        NOT_EXPECTED,
        /** The row is expected, but not in the output. */
        MISSING
    }
}
