package workbook.check.script;

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
import workbook.check.explain.RandomInputNote;

/**
 * RandomScript that nobody wrote: random rows, in batches, and an oracle that says what must have come out in the end.
 *
 * <pre>{@code
 * RandomScript.of(Payment.SCHEMA)
 *         .columns("customer", "total")
 *         .mode("complete")
 *         .batches(3, 20, (random, batch) -> randomPayment(random))
 *         .run(onSpark(answer::totals), payments -> addedUpInALoop(payments));
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
 * <p>A script that goes wrong is made smaller for as long as it still goes wrong. The message shows it whole, with the
 * {@link Seed} that repeats it.
 */
public final class RandomScript {

    private static final int TRIES = 40;
    /** How long an answer that never rests may take for a batch. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String INPUT = "rows";
    /** Random rows may lie days apart. */
    private static final Times TIMES = new Times(false);

    private final Schema input;
    private Seed seed = Seed.next();
    private String mode = "append";
    private List<String> columns = List.of();
    private List<String> key = List.of();
    private List<ScriptRow> ending = List.of();
    private int batches;
    private int rows;
    private RowGenerator generator;
    private Duration shrinking = Duration.ofSeconds(10);

    private RandomScript(Schema input) {
        this.input = input;
    }

    /** Makes up one row. All that is random about it comes from the {@code Random}, so that a seed repeats it. */
    @FunctionalInterface
    public interface RowGenerator {
        /** A row of the batch of this number, the first being 0. */
        ScriptRow row(Random random, int batch);
    }

    /** RandomScript about a stream of rows of this schema. */
    public static RandomScript of(Schema input) {
        return new RandomScript(input);
    }

    /** RandomScript about a stream of rows of this schema, as SQL writes it. */
    public static RandomScript of(String input) {
        return of(Schema.of(input));
    }

    /** Where the random numbers come from; where nothing is said, a new seed, or {@code -Dseed=…}. */
    public RandomScript seed(Seed seed) {
        this.seed = seed;
        return this;
    }

    /** The output mode: append (where nothing is said), update or complete. */
    public RandomScript mode(String mode) {
        this.mode = mode;
        return this;
    }

    /** The names of the columns that come out. */
    public RandomScript columns(String... names) {
        return columns(List.of(names));
    }

    /** The names of the columns that come out. */
    public RandomScript columns(List<String> names) {
        this.columns = List.copyOf(names);
        return this;
    }

    /** For update mode: the columns by which a newer row replaces an older one. */
    public RandomScript key(String... names) {
        this.key = List.of(names);
        return this;
    }

    /** What comes in: so many batches of so many rows. */
    public RandomScript batches(int batches, int rows, RowGenerator generator) {
        this.batches = batches;
        this.rows = rows;
        this.generator = generator;
        return this;
    }

    /** A last batch, of which the oracle is not told: it only moves the watermark. */
    public RandomScript ending(ScriptRow... rows) {
        this.ending = List.copyOf(Arrays.asList(rows));
        return this;
    }

    /** How long a script that goes wrong may be made smaller; ten seconds where nothing is said. */
    RandomScript shrinking(Duration time) {
        this.shrinking = time;
        return this;
    }

    /**
     * Plays a script to an answer, and asks the oracle, a function of all rows that came in, about the outcome.
     *
     * @throws Mismatch if they differ; the message shows the smallest script found for which they do
     */
    public void run(RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        RandomInput script = script();
        if (!firstOutcome(script, answer, oracle).isEqual()) {
            RandomInput smallest =
                    new Shrinker(smaller -> isWrong(smaller, answer, oracle), TRIES, shrinking).shrink(script);
            throw new Mismatch(difference(script, smallest, outcome(smallest, answer, oracle)));
        }
    }

    /** The script that the seed tells. */
    RandomInput script() {
        Random random = seed.random();
        return new RandomInput(IntStream.range(0, batches * rows)
                .mapToObj(i -> new RandomInput.Entry(i / rows, generator.row(random, i / rows)))
                .toList());
    }

    /** Whether a smaller script shows the difference as well; one that makes the query throw shows something else. */
    private boolean isWrong(RandomInput script, RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        try {
            return !outcome(script, answer, oracle).isEqual();
        } catch (Exception e) { // Spark throws checked ones that it does not declare
            return false;
        }
    }

    private Comparison firstOutcome(RandomInput script, RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        try {
            return outcome(script, answer, oracle);
        } catch (Throwable t) {
            t.addSuppressed(new RandomInputNote(seed.hint()));
            throw t;
        }
    }

    private Comparison outcome(RandomInput script, RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        return Comparison.inAnyOrder(result(played(script, answer)), oracle.apply(script.rows()), TIMES);
    }

    /** What each of the engine's batches put out. */
    private List<List<ScriptRow>> played(RandomInput script, RunnableAnswer answer) {
        ScriptSpec frame =
                new ScriptSpec("", mode, LocalDate.EPOCH, PATIENCE, Map.of(INPUT, input), columns, List.of());
        OutputColumns out = new OutputColumns(columns);
        try (TestDriver driver = answer.driver(frame, out)) {
            driver.start();
            return driver
                    .runBatches(in(script).stream()
                            .map(batch -> Map.of(INPUT, batch))
                            .toList())
                    .stream()
                    .map(out::ordered)
                    .toList();
        }
    }

    /** What comes in, batch by batch. */
    private List<List<ScriptRow>> in(RandomInput script) {
        List<List<ScriptRow>> in = new ArrayList<>(script.batches());
        if (!ending.isEmpty()) {
            in.add(ending);
        }
        return in;
    }

    private List<ScriptRow> result(List<List<ScriptRow>> out) {
        return switch (mode) {
            case "append" -> out.stream().flatMap(List::stream).toList();
            case "complete" -> out.get(out.size() - 1);
            default -> newest(out);
        };
    }

    private List<ScriptRow> newest(List<List<ScriptRow>> out) {
        Map<List<Object>, ScriptRow> newest = new LinkedHashMap<>();
        out.forEach(batch -> batch.forEach(row -> newest.put(keyOf(row), row)));
        return List.copyOf(newest.values());
    }

    private List<Object> keyOf(ScriptRow row) {
        return key.stream().map(name -> row.get(columns.indexOf(name))).collect(Collectors.toList());
    }

    private Difference difference(RandomInput script, RandomInput smallest, Comparison outcome) {
        String heading =
                "of " + script.size() + " rows, " + smallest.size() + " suffice to go wrong, " + mode + " mode";
        Stream<Table> tables = Stream.concat(
                tables(in(smallest)),
                Stream.of(
                        ComparedRow.table("out", columns, outcome.out()),
                        ComparedRow.table("expected", columns, outcome.expected())));
        return new Difference(seed.hint(), List.of(), heading, tables.toList(), List.of());
    }

    private Stream<Table> tables(List<List<ScriptRow>> in) {
        return IntStream.range(0, in.size())
                .mapToObj(i -> ComparedRow.table("batch " + (i + 1), input.names(), ComparedRow.all(in.get(i), TIMES)));
    }
}
