package workbook.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * A row as it is compared and shown.
 *
 * @param values what the row says, in a form in which equal means the same: numbers by value
 * @param cells the same, as people read it
 * @param mark why the row is worth a look; empty where it is as it should be
 */
record Line(List<Object> values, List<Cell> cells, String mark) {

    record Cell(String text, boolean isNumber) {}

    static List<Line> all(List<Row> rows) {
        return rows.stream().map(Line::of).toList();
    }

    static Line of(Row row) {
        List<Object> raw = IntStream.range(0, row.size()).mapToObj(row::get).toList();
        return new Line(raw.stream().map(Line::value).toList(), raw.stream().map(Line::cell).toList(), "");
    }

    Line marked(String mark) {
        return new Line(values, cells, mark);
    }

    /** By the first column, then the second, and so on: numbers by value, the rest as text. */
    static int compare(Line a, Line b) {
        return IntStream.range(0, Math.min(a.values.size(), b.values.size()))
                .map(i -> compare(a.values.get(i), b.values.get(i)))
                .filter(difference -> difference != 0)
                .findFirst().orElse(0);
    }

    boolean isMarked() {
        return !mark.isEmpty();
    }

    private static int compare(Object a, Object b) {
        return a instanceof BigDecimal x && b instanceof BigDecimal y
                ? x.compareTo(y)
                : a.toString().compareTo(b.toString());
    }

    private static Object value(Object raw) {
        if (raw instanceof Number number && isFinite(number)) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        return raw == null ? "null" : raw;
    }

    private static Cell cell(Object raw) {
        boolean number = raw instanceof Number;
        return new Cell(raw instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(raw), number);
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue());
    }
}
