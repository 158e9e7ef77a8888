package workbook.check.script;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The comparison of output rows with expected rows; differences are marked. */
record Comparison(List<ComparedRow> out, List<ComparedRow> expected) {

    /** How far doubles may differ: a sum of doubles depends on their order. */
    private static final double BILLIONTH = 1e-9;

    /** Compares in any order; both sides are sorted. */
    static Comparison inAnyOrder(List<ScriptRow> out, List<ScriptRow> expected, Times times) {
        List<ComparedRow> came = likeExpected(out, expected, times);
        List<ComparedRow> wanted = likeExpected(expected, expected, times);
        return new Comparison(marked(came, wanted, Table.Mark.NOT_EXPECTED), marked(wanted, came, Table.Mark.MISSING));
    }

    /** Compares in order. */
    static Comparison inOrder(List<ScriptRow> out, List<ScriptRow> expected, Times times) {
        List<ComparedRow> came = likeExpected(out, expected, times);
        List<ComparedRow> wanted = likeExpected(expected, expected, times);
        return new Comparison(
                markedByPlace(came, wanted, Table.Mark.NOT_EXPECTED), markedByPlace(wanted, came, Table.Mark.MISSING));
    }

    /**
     * These rows, of the output or the expected ones; a double that is almost equal to an expected number of its column is
     * replaced by the first such number. So numbers that are almost equal become equal on both sides.
     */
    private static List<ComparedRow> likeExpected(List<ScriptRow> rows, List<ScriptRow> expected, Times times) {
        return ComparedRow.all(
                rows.stream().map(row -> likeExpected(row, expected)).toList(), times);
    }

    private static ScriptRow likeExpected(ScriptRow row, List<ScriptRow> expected) {
        if (row.values().stream().noneMatch(Double.class::isInstance)) {
            return row;
        }
        Object[] values = row.values().toArray();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Double number) {
                values[i] = likeExpected(number, i, expected);
            }
        }
        return ScriptRow.of(values);
    }

    private static Object likeExpected(double number, int column, List<ScriptRow> expected) {
        return expected.stream()
                .filter(row ->
                        column < row.size() && row.get(column) instanceof Number other && isAlmost(number, other))
                .findFirst()
                .map(row -> row.get(column))
                .orElse(number);
    }

    private static boolean isAlmost(double number, Number expected) {
        if (expected instanceof BigDecimal) {
            return false; // a decimal is exact
        }
        double other = expected.doubleValue();
        return Double.isFinite(other) && Math.abs(number - other) <= BILLIONTH * Math.max(1, Math.abs(other));
    }

    boolean isEqual() {
        return out.stream().noneMatch(ComparedRow::isMarked)
                && expected.stream().noneMatch(ComparedRow::isMarked);
    }

    /** The rows of one side; those without an equal row on the other side are marked. */
    private static List<ComparedRow> marked(List<ComparedRow> lines, List<ComparedRow> others, Table.Mark mark) {
        List<List<Object>> partners =
                new ArrayList<>(others.stream().map(ComparedRow::values).toList());
        return lines.stream()
                .sorted(ComparedRow::compare)
                .map(line -> partners.remove(line.values()) ? line : line.marked(mark))
                .toList();
    }

    private static List<ComparedRow> markedByPlace(List<ComparedRow> lines, List<ComparedRow> others, Table.Mark mark) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> i < others.size()
                                && lines.get(i).values().equals(others.get(i).values())
                        ? lines.get(i)
                        : lines.get(i).marked(mark))
                .toList();
    }
}
