package workbook.check.script;

import java.util.List;
import java.util.stream.Collectors;

/** The output columns: those that the script expects, and those of the answer. */
public final class OutputColumns {

    private final List<OutputColumn> output;
    private final List<String> asked;
    private List<String> names = List.of();
    private Schema schema;

    OutputColumns(List<OutputColumn> output) {
        this.output = output;
        asked = output.stream().map(OutputColumn::name).toList();
    }

    /** The expected names, in the script's order. */
    public List<String> expected() {
        return asked;
    }

    /**
     * Sets the columns of the answer's output.
     *
     * @param found the columns, in any order
     * @throws AssertionError if they are not the expected ones, or one has another type
     */
    public void accept(Schema found) {
        expect(found.names());
        schema = found.select(asked);
        expectTypes();
    }

    /** The names of the output's columns: the expected ones, or the answer's own if they differ. */
    List<String> names() {
        return names;
    }

    /** The schema of the output; null before the first output with a schema. */
    Schema schema() {
        return schema;
    }

    /**
     * The rows with their columns in the script's order; rows without a schema stay as they are.
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

    private void expectTypes() {
        for (int i = 0; i < output.size(); i++) {
            Type found = schema.field(i).type();
            if (!output.get(i).accepts(found)) {
                throw new AssertionError(
                        "type out       " + asked.get(i) + " " + found.sql() + "\ntype expected  " + output.get(i));
            }
        }
    }
}
