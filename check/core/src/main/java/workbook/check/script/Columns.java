package workbook.check.script;

import java.util.List;
import java.util.stream.Collectors;

/** The columns of what comes out: those that the story names, and what an answer has in their place. */
public final class Columns {

    private final List<String> asked;
    private List<String> names = List.of();
    private Schema schema;

    Columns(List<String> asked) {
        this.asked = List.copyOf(asked);
    }

    /** The names in the story's order. */
    public List<String> asked() {
        return asked;
    }

    /**
     * Takes what an answer puts out for a stream of the columns.
     *
     * @param found its columns, in any order
     * @throws AssertionError if they are others than the story's
     */
    public void accept(Schema found) {
        expect(found.names());
        schema = found.select(asked);
    }

    /** The names that came out: the story's or, where those were not met, the answer's own. */
    List<String> names() {
        return names;
    }

    /** The types of the columns, in order; null until something with types came out. */
    Schema schema() {
        return schema;
    }

    /**
     * Rows that know their columns in the story's order; others as they are.
     *
     * @throws AssertionError if they have other columns
     */
    List<StoryRow> ordered(List<StoryRow> rows) {
        if (rows.isEmpty() || rows.get(0).schema() == null) {
            names = asked;
            return rows;
        }
        accept(rows.get(0).schema());
        return rows.stream()
                .map(row -> StoryRow.of(
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
