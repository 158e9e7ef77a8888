package workbook.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The story of a stream, told batch by batch: these rows come in, those come out.
 *
 * <pre>{@code
 * Script.of(Payment.SCHEMA)
 *         .mode("update")
 *         .columns("customer", "total")
 *         .batch(payment(10, "5.00"), payment(11, "7.00"))
 *         .emits(row(10, 5), row(11, 7))
 *         .batch(payment(10, "1.00"))
 *         .emits(row(10, 6))
 *         .play(answer::totals);
 * }</pre>
 *
 * <p>Rows may come out in any order, columns too. Numbers are compared by value: {@code 5}, {@code 5L} and
 * {@code 5.00} are the same.
 */
public final class Script {

    private final StructType input;
    private final List<Batch> batches = new ArrayList<>();
    private List<String> columns = List.of();
    private String mode = "append";
    private String title = "";

    private Script(StructType input) {
        this.input = input;
    }

    /** A story about a stream of rows of this schema. */
    public static Script of(StructType input) {
        return new Script(input);
    }

    /** A row that is expected, its values in the order of {@link #columns}. */
    public static Row row(Object... values) {
        return RowFactory.create(values);
    }

    /** A line that opens the message of a failure; random input names its {@link Seed} here. */
    public Script title(String title) {
        this.title = title;
        return this;
    }

    /** The output mode: append (where nothing is said), update or complete. */
    public Script mode(String mode) {
        this.mode = mode;
        return this;
    }

    /** The names of the columns that come out. */
    public Script columns(String... names) {
        this.columns = List.of(names);
        return this;
    }

    /** The next batch: these rows come in together. */
    public Script batch(Row... rows) {
        return batch(Arrays.asList(rows));
    }

    /** The next batch: these rows come in together. */
    public Script batch(List<Row> rows) {
        batches.add(new Batch(List.copyOf(rows), null));
        return this;
    }

    /** What the batch just told puts out. A batch of which nothing is said may put out anything. */
    public Script emits(Row... rows) {
        return emits(Arrays.asList(rows));
    }

    /** What the batch just told puts out. */
    public Script emits(List<Row> rows) {
        int last = batches.size() - 1;
        batches.set(last, new Batch(batches.get(last).in(), List.copyOf(rows)));
        return this;
    }

    /** The batch just told puts out no row. */
    public Script emitsNothing() {
        return emits(List.of());
    }

    /**
     * Plays the story to an answer.
     *
     * @throws AssertionError at the first batch that puts out something else, or if the answer is no stream of
     *     the {@link #columns}
     */
    public void play(UnaryOperator<Dataset<Row>> answer) {
        try (Query query = Query.of(input, mode, stream -> examined(answer.apply(stream)))) {
            for (int i = 0; i < batches.size(); i++) {
                Batch batch = batches.get(i);
                List<Row> out = query.feed(batch.in());
                if (batch.expected() != null) {
                    compare(batch, out, "batch " + (i + 1) + " of " + batches.size() + ", " + mode + " mode");
                }
            }
        }
    }

    private Dataset<Row> examined(Dataset<Row> result) {
        if (result == null) {
            throw new AssertionError("The answer returned null where a Dataset was asked for.");
        }
        if (!result.isStreaming()) {
            throw new AssertionError("The answer is not a stream. Build it from the Dataset that is passed in.");
        }
        List<String> names = List.of(result.columns());
        if (names.size() != columns.size() || !names.containsAll(columns)) {
            throw new AssertionError("columns out       " + String.join(", ", names)
                    + "\ncolumns expected  " + String.join(", ", columns));
        }
        return result.select(columns.stream().map(result::col).toArray(Column[]::new));
    }

    private void compare(Batch batch, List<Row> out, String name) {
        Comparison comparison = Comparison.of(out, batch.expected());
        if (!comparison.isEqual()) {
            throw new AssertionError(String.join("\n\n",
                    title.isEmpty() ? name : title + "\n" + name,
                    new Table("in", List.of(input.fieldNames()), Line.all(batch.in())).toString(),
                    new Table("out", columns, comparison.out()).toString(),
                    new Table("expected", columns, comparison.expected()).toString()));
        }
    }

    private record Batch(List<Row> in, List<Row> expected) {}
}
