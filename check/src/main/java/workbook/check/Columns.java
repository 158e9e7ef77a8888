package workbook.check;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The columns of an answer, put in the order in which the story names them. */
final class Columns {

    private final List<String> asked;
    private List<String> names = List.of();
    private StructType schema;

    Columns(List<String> asked) {
        this.asked = asked;
    }

    /** The names that came out: the story's or, where those were not met, the answer's own. */
    List<String> names() {
        return names;
    }

    /** The types of the columns, in order; null until something with types came out. */
    StructType schema() {
        return schema;
    }

    /** @throws AssertionError if this is no stream of the columns */
    Dataset<Row> ordered(Dataset<Row> result) {
        if (result == null) {
            throw new AssertionError("The answer returned null where a Dataset was asked for.");
        }
        if (!result.isStreaming()) {
            throw new AssertionError("The answer is not a stream. Build it from the Dataset that is passed in.");
        }
        expect(result.columns());
        Dataset<Row> ordered = result.select(asked.stream().map(result::col).toArray(Column[]::new));
        schema = ordered.schema();
        return ordered;
    }

    /**
     * Rows that know their columns in the story's order; others as they are.
     *
     * @throws AssertionError if they have other columns
     */
    List<Row> ordered(List<Row> rows) {
        if (rows.isEmpty() || rows.get(0).schema() == null) {
            names = asked;
            return rows;
        }
        expect(rows.get(0).schema().fieldNames());
        schema = select(rows.get(0).schema());
        return rows.stream().map(this::select).toList();
    }

    private StructType select(StructType all) {
        StructType selected = new StructType();
        for (String name : asked) {
            selected = selected.add(all.apply(name));
        }
        return selected;
    }

    private Row select(Row row) {
        return RowFactory.create(asked.stream().map(row::<Object>getAs).toArray());
    }

    private void expect(String... found) {
        names = List.of(found);
        if (names.size() != asked.size() || !names.containsAll(asked)) {
            throw new AssertionError("columns out       " + String.join(", ", names)
                    + "\ncolumns expected  " + String.join(", ", asked));
        }
        names = asked;
    }
}
