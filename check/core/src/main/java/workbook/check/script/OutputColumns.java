package workbook.check.script;

import java.util.List;
import java.util.stream.Collectors;

/** The columns of what comes out: those that the script names, and what an answer has in their place. */
public final class OutputColumns {

    private final List<String> asked;
    private List<String> names = List.of();
    private Schema schema;

    OutputColumns(List<String> asked) {
        this.asked = List.copyOf(asked);
    }

    /** The names in the script's order. */
    public List<String> expected() {
        return asked;
    }

    /**
     * Takes what an answer puts out for a stream of the columns.
     *
     * @param found its columns, in any order
     * @throws AssertionError if they are others than the script's
     */
    public void accept(Schema found) {
        expect(found.names());
        schema = found.select(asked);
    }

    /** The names that came out: the script's or, where those were not met, the answer's own. */
    List<String> names() {
        return names;
    }

    /** The types of the columns, in order; null until something with types came out. */
    Schema schema() {
        return schema;
    }

    /**
     * Rows that know their columns in the script's order; others as they are.
     *
     * @throws AssertionError if they have other columns
     */
    List<ScriptRow> ordered(List<ScriptRow> rows) {
        if (rows.isEmpty() || rows.get(0).schema() == null) {
            names = asked;
            return rows;
        }
        accept(rows.get(0).schema());
        return rows.stream()
                .map(row -> ScriptRow.of(
                        schema, asked.stream().map(column -> row.get(column)).collect(Collectors.toList())))
                .toList();
    }

    private void expect(List<String> found) {
        names = found;
        if (names.size() != asked.size() || !names.containsAll(asked)) {
            throw new AssertionError("columns out       " + String.join(", ", names) + "\ncolumns expected  "
                    + String.join(", ", asked));
        }
        names = asked;
    }
}
