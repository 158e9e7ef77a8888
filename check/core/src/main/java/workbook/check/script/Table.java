package workbook.check.script;

import java.util.List;

/**
 * Rows under their columns' names, as people read them.
 *
 * @param label what they are: {@code in}, {@code out}, {@code expected}, or the name of an input
 * @param columns the names of the columns
 */
public record Table(String label, List<String> columns, List<Line> lines) {

    /** @param mark why the row is worth a look; null where it is as it should be */
    public record Line(List<Cell> cells, Mark mark) {}

    /** @param isNumber whether it is a number, to be aligned to the right */
    public record Cell(String text, boolean isNumber) {}

    /** What is wrong about a row. */
    public enum Mark {
        /** It came out. */
        NOT_EXPECTED,
        /** It did not come out. */
        MISSING
    }
}
