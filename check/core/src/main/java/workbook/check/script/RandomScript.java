package workbook.check.script;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.check.difference.DifferenceExplanation;
import workbook.check.difference.FailedBatch;
import workbook.check.difference.Remark;
import workbook.kit.explain.RandomInputNote;

/**
 * A script with batches of random rows and an oracle: a function that computes the expected output of all input.
 *
 * <pre>{@code
 * RandomScript.of(Payment.SCHEMA)
 *         .columns("customer", "total")
 *         .mode("complete")
 *         .batches(3, 100, RandomRows.of(Payment.SCHEMA))
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
    private List<OutputColumn> output = List.of();
    private boolean ordered;
    private List<String> key = List.of();
    private List<ScriptRow> ending = List.of();
    private Function<Random, RandomInput> generator;
    private Function<List<ScriptRow>, String> note = rows -> "";
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

    /** Sets the output columns: a name such as {@code total}, or a name and a type such as {@code total DECIMAL}. */
    public RandomScript columns(String... columns) {
        return columns(List.of(columns));
    }

    /** Sets the output columns: names, or names with types. */
    public RandomScript columns(List<String> columns) {
        output = OutputColumn.all(columns);
        return this;
    }

    /** Compares the rows in their order. The default is any order. */
    public RandomScript inOrder() {
        ordered = true;
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
        this.generator = random -> RandomInput.of(IntStream.range(0, batches)
                .mapToObj(batch -> IntStream.range(0, rows)
                        .mapToObj(i -> generator.row(random, batch))
                        .toList())
                .toList());
        return this;
    }

    /**
     * Sets the input to random rows of every kind.
     *
     * @param batches the number of batches
     * @param rows the number of rows in each batch
     */
    public RandomScript batches(int batches, int rows, RandomRows generator) {
        this.generator = random -> RandomInput.of(generator.batches(random, batches, rows));
        return this;
    }

    /**
     * Sets the input to generated batches, such as those of {@link RandomRows} with rows added. Rows and batches are left
     * out to reduce it, so the oracle must be right for part of it, too.
     */
    public RandomScript batches(Function<Random, List<List<ScriptRow>>> generator) {
        this.generator = random -> RandomInput.of(generator.apply(random));
        return this;
    }

    /** Adds a last batch that only advances the watermark: the oracle does not get it. */
    public RandomScript ending(ScriptRow... rows) {
        this.ending = List.copyOf(Arrays.asList(rows));
        return this;
    }

    /** Sets what a failure's message shows above the reduced rows, such as the part of a table that they refer to. */
    public RandomScript note(Function<List<ScriptRow>, String> note) {
        this.note = note;
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
        Comparison first = firstOutcome(input, answer, oracle);
        if (!first.isEqual()) {
            RandomInput smallest = new Shrinker(
                            smaller -> isWrong(smaller, answer, oracle), Reduction.isOff() ? 0 : TRIES, shrinking)
                    .shrink(input);
            Comparison outcome = outcome(smallest, answer, oracle);
            throw new Mismatch(difference(
                    input, smallest, outcome, DifferenceExplanation.of(facts(smallest, outcome), facts(input, first))));
        }
    }

    /**
     * Runs the script against an answer that runs by itself. The output of its last batch, which is all output so far, is
     * compared with the oracle's result.
     *
     * @param jobs creates a job for each run; a wrong answer runs again with fewer rows
     * @throws Mismatch if they differ; the message shows the smallest input found for which they do
     */
    public void run(Supplier<Job> jobs, UnaryOperator<List<ScriptRow>> oracle) {
        mode = "";
        run((script, columns) -> new JobTestDriver(jobs.get()), oracle);
    }

    /** The input that the seed generates. */
    RandomInput generate() {
        return generator.apply(seed.random());
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
        List<ScriptRow> out = result(run(input, answer));
        List<ScriptRow> expected = oracle.apply(input.rows());
        return ordered ? Comparison.inOrder(out, expected, TIMES) : Comparison.inAnyOrder(out, expected, TIMES);
    }

    /** The output of each of the engine's batches. */
    private List<List<ScriptRow>> run(RandomInput input, RunnableAnswer answer) {
        ScriptSpec frame = new ScriptSpec("", mode, LocalDate.EPOCH, TIMEOUT, Map.of(INPUT, schema), output, List.of());
        OutputColumns out = new OutputColumns(output);
        try (TestDriver driver = answer.driver(frame, out)) {
            CallLimit.run(driver::start);
            List<Map<String, List<ScriptRow>>> batches =
                    in(input).stream().map(batch -> Map.of(INPUT, batch)).toList();
            return CallLimit.call(() -> driver.runBatches(batches)).stream()
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
            case "complete", "" -> out.get(out.size() - 1);
            default -> newest(out);
        };
    }

    private List<ScriptRow> newest(List<List<ScriptRow>> out) {
        Map<List<Object>, ScriptRow> newest = new LinkedHashMap<>();
        out.forEach(batch -> batch.forEach(row -> newest.put(keyOf(row), row)));
        return List.copyOf(newest.values());
    }

    private List<Object> keyOf(ScriptRow row) {
        return key.stream().map(name -> row.get(columns().indexOf(name))).collect(Collectors.toList());
    }

    private List<String> columns() {
        return output.stream().map(OutputColumn::name).toList();
    }

    private FailedBatch facts(RandomInput input, Comparison outcome) {
        return new Facts(TIMES).of(columns(), ordered, outcome, schema, input);
    }

    private Difference difference(RandomInput input, RandomInput smallest, Comparison outcome, List<Remark> remarks) {
        String heading = "reduced from " + input.size() + " rows to " + smallest.size()
                + (mode.isEmpty() ? "" : ", " + mode + " mode");
        String above = note.apply(smallest.rows());
        Stream<Table> tables = Stream.concat(
                tables(in(smallest)),
                Stream.of(
                        ComparedRow.table("out", columns(), outcome.out()),
                        ComparedRow.table(ordered ? "in order" : "expected", columns(), outcome.expected())));
        return new Difference(
                seed.hint() + (above.isEmpty() ? "" : "\n\n" + above),
                List.of(),
                heading,
                tables.toList(),
                List.of(),
                remarks);
    }

    private Stream<Table> tables(List<List<ScriptRow>> in) {
        return IntStream.range(0, in.size())
                .mapToObj(
                        i -> ComparedRow.table("batch " + (i + 1), schema.names(), ComparedRow.all(in.get(i), TIMES)));
    }
}
