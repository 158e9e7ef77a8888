package workbook.check.difference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rows on which output and expectation disagree, in any order.
 *
 * @param extra in the output, but not expected
 * @param missing expected, but not in the output
 * @param equal in both
 */
record Unequal(List<ValueRow> extra, List<ValueRow> missing, List<ValueRow> equal) {

    static Unequal of(Output output) {
        if (output.expected() == null) {
            return new Unequal(List.of(), List.of(), output.out());
        }
        List<ValueRow> equal = new ArrayList<>();
        List<ValueRow> extra = without(output.out(), output.expected(), equal);
        return new Unequal(extra, without(output.expected(), output.out(), new ArrayList<>()), equal);
    }

    boolean isEmpty() {
        return extra.isEmpty() && missing.isEmpty();
    }

    /** The number of rows that differ: a pair of an unexpected and a missing one counts as one. */
    int size() {
        return Math.max(extra.size(), missing.size());
    }

    /** Whether the values of all these rows are among the others; each of the others counts once. */
    static boolean areAllIn(List<ValueRow> rows, Stream<ValueRow> others) {
        return !rows.isEmpty()
                && without(rows, others.toList(), new ArrayList<>()).isEmpty();
    }

    /** Collects the rows that have a partner in {@code found} and returns the others. */
    private static List<ValueRow> without(List<ValueRow> rows, List<ValueRow> others, List<ValueRow> found) {
        List<List<Object>> partners =
                new ArrayList<>(others.stream().map(ValueRow::values).toList());
        List<ValueRow> rest = new ArrayList<>();
        rows.forEach(row -> (partners.remove(row.values()) ? found : rest).add(row));
        return rest;
    }
}
