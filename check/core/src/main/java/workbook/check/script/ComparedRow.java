package workbook.check.script;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.difference.ValueRow;

/**
 * A row in the form in which it is compared and shown.
 *
 * @param values the values, normalized so that equal numbers of different types are equal; may contain null
 * @param cells the values as text
 * @param mark the difference; null if there is none
 */
record ComparedRow(List<Object> values, List<Table.Cell> cells, Table.Mark mark) {

    static List<ComparedRow> all(List<ScriptRow> rows, Times times) {
        return rows.stream().map(row -> of(row, times)).toList();
    }

    static ComparedRow of(ScriptRow row, Times times) {
        List<Object> raw = plain(row);
        List<Table.Cell> cells = raw.stream().map(value -> cell(value, times)).toList();
        return new ComparedRow(raw.stream().map(ComparedRow::value).toList(), cells, null);
    }

    /** The values of a row; a nested row or array is a list, bytes are {@link Bytes}. */
    static List<Object> plain(ScriptRow row) {
        return row.values().stream().map(ComparedRow::plain).collect(Collectors.toList());
    }

    /** The times in a row, at any depth. */
    static Stream<Instant> times(ScriptRow row) {
        return times((Object) plain(row));
    }

    ComparedRow marked(Table.Mark mark) {
        return new ComparedRow(values, cells, mark);
    }

    /** Compares by the first column, then the second, and so on: numbers by value, others as text. */
    static int compare(ComparedRow a, ComparedRow b) {
        return IntStream.range(0, Math.min(a.values.size(), b.values.size()))
                .map(i -> compare(a.values.get(i), b.values.get(i)))
                .filter(difference -> difference != 0)
                .findFirst()
                .orElse(0);
    }

    /** A table of these rows. */
    static Table table(String label, List<String> columns, List<ComparedRow> lines) {
        return new Table(
                label,
                columns,
                lines.stream()
                        .map(line -> new Table.Line(line.cells, line.mark))
                        .toList());
    }

    ValueRow forRules() {
        return new ValueRow(values, cells.stream().map(Table.Cell::text).toList());
    }

    boolean isMarked() {
        return mark != null;
    }

    private static int compare(Object a, Object b) {
        return a instanceof BigDecimal x && b instanceof BigDecimal y
                ? x.compareTo(y)
                : String.valueOf(a).compareTo(String.valueOf(b));
    }

    private static Object value(Object raw) {
        if (raw instanceof Number number && isFinite(number)) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        if (raw instanceof List<?> list) {
            return list.stream().map(ComparedRow::value).toList();
        }
        return raw;
    }

    private static Object plain(Object raw) {
        if (raw instanceof ScriptRow row) {
            return plain(row);
        }
        if (raw instanceof List<?> list) {
            return list.stream().map(item -> plain((Object) item)).collect(Collectors.toList());
        }
        if (raw instanceof byte[] bytes) {
            return Bytes.of(bytes);
        }
        return raw;
    }

    private static Stream<Instant> times(Object plain) {
        if (plain instanceof List<?> list) {
            return list.stream().flatMap(ComparedRow::times);
        }
        return plain instanceof Instant time ? Stream.of(time) : Stream.empty();
    }

    private static Table.Cell cell(Object plain, Times times) {
        return new Table.Cell(text(plain, times), plain instanceof Number);
    }

    private static String text(Object plain, Times times) {
        if (plain instanceof List<?> list) {
            return CellText.cut(
                    list.stream().map(item -> text(item, times)).collect(Collectors.joining(", ", "[", "]")));
        }
        if (plain instanceof Instant time) {
            return times.text(time);
        }
        if (plain instanceof String text) {
            return CellText.of(text);
        }
        return plain instanceof BigDecimal decimal
                ? decimal.toPlainString()
                : CellText.cut(CellText.escaped(String.valueOf(plain)));
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue());
    }
}
