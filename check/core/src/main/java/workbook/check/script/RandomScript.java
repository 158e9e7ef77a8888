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
import workbook.kit.explain.RandomInputNote;

/**
 * A script with batches of random rows and an oracle: a function that computes the expected output of all input.
 *
 * <pre>{@code
 * RandomScript.of(Payment.SCHEMA)
 *         .columns("customer", "total")
 *         .mode("complete")
 *         .batches(3, 20, (random, batch) -> randomPayment(random))
 *         .run(onSpark(answer::totals), payments -> addedUpInALoop(payments));
 * }</pre>
 *
 * <p>The oracle's result is compared with the final output: in append mode all output, in complete mode the output of the
 * last batch, in update mode the latest row of each {@link #key}. It does not matter which batch emitted a row; that is
 * for a {@link Script}, which also checks the columns and should run first.
 *
 * <p>The next batch is added while one is being written, as in a busy stream. Spark therefore runs no-data batches only at
 * the end. The final output must not depend on it.
 *
 * <p>In append mode, the output of a query with a watermark equals that of a batch query only if no row is late: let the
 * rows lag by less than the delay threshold. To close the last windows, add an {@link #ending} with a later time.
 *
 * <p>If the output is wrong, the input is reduced as long as the output stays wrong. The message shows the reduced input,
 * and the {@link Seed} that repeats it.
 */
public final class RandomScript {

    private static final int TRIES = 40;
    /** The time limit of a batch for a query with processing-time timers. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String INPUT = "rows";
    /** With dates: random rows may be days apart. */
    private static final Times TIMES = new Times(false);

    private final Schema schema;
    private Seed seed = Seed.next();
    private String mode = "append";
    private List<String> columns = List.of();
    private List<String> key = List.of();
    private List<ScriptRow> ending = List.of();
    private int batches;
    private int rows;
    private RowGenerator generator;
    private Duration shrinking = Duration.ofSeconds(10);

    private RandomScript(Schema schema) {
        this.schema = schema;
    }

    /** Generates rows. All randomness must come from the {@code Random}, so that a seed repeats it. */
    @FunctionalInterface
    public interface RowGenerator {
        /** Generates a row for a batch; the first batch is 0. */
        ScriptRow row(Random random, int batch);
    }

    /** A random script for a stream with this schema. */
    public static RandomScript of(Schema input) {
        return new RandomScript(input);
    }

    /** A random script for a stream with this schema, written as in SQL. */
    public static RandomScript of(String input) {
        return of(Schema.of(input));
    }

    /** Sets the seed; the default is {@link Seed#next}. */
    public RandomScript seed(Seed seed) {
        this.seed = seed;
        return this;
    }

    /** Sets the output mode: append (the default), update or complete. */
    public RandomScript mode(String mode) {
        this.mode = mode;
        return this;
    }

    /** Sets the names of the output columns. */
    public RandomScript columns(String... names) {
        return columns(List.of(names));
    }

    /** Sets the names of the output columns. */
    public RandomScript columns(List<String> names) {
        this.columns = List.copyOf(names);
        return this;
    }

    /** Sets the key columns for update mode: a row replaces an earlier row with the same key. */
    public RandomScript key(String... names) {
        this.key = List.of(names);
        return this;
    }

    /**
     * Sets the input.
     *
     * @param batches the number of batches
     * @param rows the number of rows in each batch
     */
    public RandomScript batches(int batches, int rows, RowGenerator generator) {
        this.batches = batches;
        this.rows = rows;
        this.generator = generator;
        return this;
    }

    /** Adds a last batch that only advances the watermark: the oracle does not get it. */
    public RandomScript ending(ScriptRow... rows) {
        this.ending = List.copyOf(Arrays.asList(rows));
        return this;
    }

    /** Sets the time limit for the reduction of wrong input; the default is ten seconds. */
    RandomScript shrinking(Duration time) {
        this.shrinking = time;
        return this;
    }

    /**
     * Runs the script against an answer and compares the final output with the oracle's result for all input rows.
     *
     * @throws Mismatch if they differ; the message shows the smallest input found for which they do
     */
    public void run(RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        RandomInput input = generate();
        if (!firstOutcome(input, answer, oracle).isEqual()) {
            RandomInput smallest =
                    new Shrinker(smaller -> isWrong(smaller, answer, oracle), TRIES, shrinking).shrink(input);
            throw new Mismatch(difference(input, smallest, outcome(smallest, answer, oracle)));
        }
    }

    /** The input that the seed generates. */
    RandomInput generate() {
        Random random = seed.random();
        return new RandomInput(IntStream.range(0, batches * rows)
                .mapToObj(i -> new RandomInput.Entry(i / rows, generator.row(random, i / rows)))
                .toList());
    }

    /** Whether the output for smaller input is wrong, too; an exception is a different failure and does not count. */
    private boolean isWrong(RandomInput input, RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        try {
            return !outcome(input, answer, oracle).isEqual();
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            return false;
        }
    }

    private Comparison firstOutcome(RandomInput input, RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        try {
            return outcome(input, answer, oracle);
        } catch (Throwable t) {
            t.addSuppressed(new RandomInputNote(seed.hint()));
            throw t;
        }
    }

    private Comparison outcome(RandomInput input, RunnableAnswer answer, UnaryOperator<List<ScriptRow>> oracle) {
        return Comparison.inAnyOrder(result(run(input, answer)), oracle.apply(input.rows()), TIMES);
    }

    /** The output of each of the engine's batches. */
    private List<List<ScriptRow>> run(RandomInput input, RunnableAnswer answer) {
        ScriptSpec frame =
                new ScriptSpec("", mode, LocalDate.EPOCH, TIMEOUT, Map.of(INPUT, schema), columns, List.of());
        OutputColumns out = new OutputColumns(columns);
        try (TestDriver driver = answer.driver(frame, out)) {
            driver.start();
            return driver
                    .runBatches(in(input).stream()
                            .map(batch -> Map.of(INPUT, batch))
                            .toList())
                    .stream()
                    .map(out::ordered)
                    .toList();
        }
    }

    /** The input of each batch. */
    private List<List<ScriptRow>> in(RandomInput input) {
        List<List<ScriptRow>> in = new ArrayList<>(input.batches());
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

    private Difference difference(RandomInput input, RandomInput smallest, Comparison outcome) {
        String heading = "reduced from " + input.size() + " rows to " + smallest.size() + ", " + mode + " mode";
        Stream<Table> tables = Stream.concat(
                tables(in(smallest)),
                Stream.of(
                        ComparedRow.table("out", columns, outcome.out()),
                        ComparedRow.table("expected", columns, outcome.expected())));
        return new Difference(seed.hint(), List.of(), heading, tables.toList(), List.of());
    }

    private Stream<Table> tables(List<List<ScriptRow>> in) {
        return IntStream.range(0, in.size())
                .mapToObj(
                        i -> ComparedRow.table("batch " + (i + 1), schema.names(), ComparedRow.all(in.get(i), TIMES)));
    }
}
