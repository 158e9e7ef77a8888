package workbook.check;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Stories that nobody wrote: random rows, in batches, and an oracle that says what must have come out in the end.
 *
 * <pre>{@code
 * Stories.of(Payment.SCHEMA)
 *         .columns("customer", "total")
 *         .mode("complete")
 *         .batches(3, 20, (random, batch) -> randomPayment(random))
 *         .play(answer::totals, payments -> addedUpInALoop(payments));
 * }</pre>
 *
 * <p>What counts, in append mode, is all that came out; in complete mode, what the last batch put out; in update mode,
 * the newest row of each {@link #key}. It does not matter which batch said what: that is a matter for a {@link Script},
 * which also looks at the columns and should be played first.
 *
 * <p>The next batch comes in while one is being written, as in a stream that is busy: Spark runs a batch without data only
 * when all have come. What an answer puts out in the end must not depend on it.
 *
 * <p>In append mode, a stream with a watermark says what a table would say only if no row is too late, so let the rows
 * lag by less than the bound; and it is silent about windows that are open, so let an {@link #ending} far ahead close
 * them.
 *
 * <p>A story that goes wrong is made smaller for as long as it still goes wrong. The message shows it whole, with the
 * {@link Seed} that repeats it.
 */
public final class Stories {

    private static final int TRIES = 40;
    private static final String INPUT = "rows";
    /** Random rows may lie days apart. */
    private static final Times TIMES = new Times(false);

    private final StructType input;
    private Seed seed = Seed.next();
    private String mode = "append";
    private List<String> columns = List.of();
    private List<String> key = List.of();
    private List<Row> ending = List.of();
    private int batches;
    private int rows;
    private Writer writer;
    private Duration patience = Duration.ofSeconds(10);

    private Stories(StructType input) {
        this.input = input;
    }

    /** Makes up one row. All that is random about it comes from the {@code Random}, so that a seed repeats it. */
    @FunctionalInterface
    public interface Writer {
        /** A row of the batch of this number, the first being 0. */
        Row row(Random random, int batch);
    }

    /** Stories about a stream of rows of this schema. */
    public static Stories of(StructType input) {
        return new Stories(input);
    }

    /** Stories about a stream of rows of this schema, as SQL writes it. */
    public static Stories of(String input) {
        return of(StructType.fromDDL(input));
    }

    /** Where the random numbers come from; where nothing is said, a new seed, or {@code -Dseed=…}. */
    public Stories seed(Seed seed) {
        this.seed = seed;
        return this;
    }

    /** The output mode: append (where nothing is said), update or complete. */
    public Stories mode(String mode) {
        this.mode = mode;
        return this;
    }

    /** The names of the columns that come out. */
    public Stories columns(String... names) {
        this.columns = List.of(names);
        return this;
    }

    /** For update mode: the columns by which a newer row replaces an older one. */
    public Stories key(String... names) {
        this.key = List.of(names);
        return this;
    }

    /** What comes in: so many batches of so many rows. */
    public Stories batches(int batches, int rows, Writer writer) {
        this.batches = batches;
        this.rows = rows;
        this.writer = writer;
        return this;
    }

    /** A last batch, of which the oracle is not told: it only moves the watermark. */
    public Stories ending(Row... rows) {
        this.ending = List.copyOf(Arrays.asList(rows));
        return this;
    }

    /** How long a story that goes wrong may be made smaller; ten seconds where nothing is said. */
    Stories patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    /** An oracle that asks Spark: the rows as a table, and a query of it. */
    public UnaryOperator<List<Row>> table(UnaryOperator<Dataset<Row>> query) {
        return rows -> selected(query.apply(SharedSpark.session().createDataFrame(rows, input))).collectAsList();
    }

    /**
     * Plays a story to an answer, and asks the oracle, a function of all rows that came in, about the outcome.
     *
     * @throws AssertionError if they differ; the message shows the smallest story found for which they do
     */
    public void play(UnaryOperator<Dataset<Row>> answer, UnaryOperator<List<Row>> oracle) {
        Arrivals story = story();
        if (!firstOutcome(story, answer, oracle).isEqual()) {
            Arrivals smallest = new Shrinker(smaller -> isWrong(smaller, answer, oracle), TRIES, patience).shrink(story);
            throw new AssertionError(told(story, smallest, outcome(smallest, answer, oracle)));
        }
    }

    /** The story that the seed tells. */
    Arrivals story() {
        Random random = seed.random();
        return new Arrivals(IntStream.range(0, batches * rows)
                .mapToObj(i -> new Arrivals.Entry(i / rows, writer.row(random, i / rows)))
                .toList());
    }

    /** Whether a smaller story shows the difference as well; one that makes the query throw shows something else. */
    private boolean isWrong(Arrivals story, UnaryOperator<Dataset<Row>> answer, UnaryOperator<List<Row>> oracle) {
        try {
            return !outcome(story, answer, oracle).isEqual();
        } catch (Exception e) { // Spark throws checked ones that it does not declare
            return false;
        }
    }

    private Comparison firstOutcome(Arrivals story, UnaryOperator<Dataset<Row>> answer, UnaryOperator<List<Row>> oracle) {
        try {
            return outcome(story, answer, oracle);
        } catch (Throwable t) {
            t.addSuppressed(new MetRandomRows(seed));
            throw t;
        }
    }

    private Comparison outcome(Arrivals story, UnaryOperator<Dataset<Row>> answer, UnaryOperator<List<Row>> oracle) {
        return Comparison.inAnyOrder(result(played(story, answer)), oracle.apply(story.rows()), TIMES);
    }

    /** What each of Spark's batches put out. */
    private List<List<Row>> played(Arrivals story, UnaryOperator<Dataset<Row>> answer) {
        Story frame = new Story("", mode, false, LocalDate.EPOCH, patience, Map.of(INPUT, input), columns, List.of());
        try (Query query = new Query(frame, streams -> selected(answer.apply(streams.get(INPUT))))) {
            query.start();
            return query.feedAll(in(story).stream().map(batch -> Map.of(INPUT, batch)).toList());
        }
    }

    /** What comes in, batch by batch. */
    private List<List<Row>> in(Arrivals story) {
        List<List<Row>> in = new ArrayList<>(story.batches());
        if (!ending.isEmpty()) {
            in.add(ending);
        }
        return in;
    }

    private List<Row> result(List<List<Row>> out) {
        return switch (mode) {
            case "append" -> out.stream().flatMap(List::stream).toList();
            case "complete" -> out.get(out.size() - 1);
            default -> newest(out);
        };
    }

    private List<Row> newest(List<List<Row>> out) {
        Map<List<Object>, Row> newest = new LinkedHashMap<>();
        out.forEach(batch -> batch.forEach(row -> newest.put(keyOf(row), row)));
        return List.copyOf(newest.values());
    }

    private List<Object> keyOf(Row row) {
        return key.stream().map(name -> row.get(columns.indexOf(name))).collect(Collectors.toList());
    }

    private Dataset<Row> selected(Dataset<Row> result) {
        return result.select(columns.stream().map(functions::col).toArray(Column[]::new));
    }

    private String told(Arrivals story, Arrivals smallest, Comparison outcome) {
        Stream<Table> tables = Stream.concat(tables(in(smallest)), Stream.of(
                new Table("out", columns, outcome.out()),
                new Table("expected", columns, outcome.expected())));
        return seed.told() + "\n"
                + "of " + story.size() + " rows, " + smallest.size() + " suffice to go wrong, " + mode + " mode\n\n"
                + tables.map(Table::toString).collect(Collectors.joining("\n\n"));
    }

    private Stream<Table> tables(List<List<Row>> in) {
        return IntStream.range(0, in.size())
                .mapToObj(i -> new Table("batch " + (i + 1), List.of(input.fieldNames()), Line.all(in.get(i), TIMES)));
    }
}
