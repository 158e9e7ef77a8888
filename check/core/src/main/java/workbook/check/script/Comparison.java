package workbook.check.script;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The comparison of output rows with expected rows; differences are marked. */
record Comparison(List<ComparedRow> out, List<ComparedRow> expected) {

    /** Compares in any order; both sides are sorted. */
    static Comparison inAnyOrder(List<ScriptRow> out, List<ScriptRow> expected, Times times) {
        List<ComparedRow> came = ComparedRow.all(out, times);
        List<ComparedRow> wanted = ComparedRow.all(expected, times);
        return new Comparison(marked(came, wanted, Table.Mark.NOT_EXPECTED), marked(wanted, came, Table.Mark.MISSING));
    }

    /** Compares in order. */
    static Comparison inOrder(List<ScriptRow> out, List<ScriptRow> expected, Times times) {
        List<ComparedRow> came = ComparedRow.all(out, times);
        List<ComparedRow> wanted = ComparedRow.all(expected, times);
        return new Comparison(
                markedByPlace(came, wanted, Table.Mark.NOT_EXPECTED), markedByPlace(wanted, came, Table.Mark.MISSING));
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
