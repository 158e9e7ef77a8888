package workbook.check.script;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A test of a streaming query, batch by batch: the input rows and the expected output.
 *
 * <pre>{@code
 * Script.of("shop STRING, time TIMESTAMP, price DECIMAL(10,2)")
 *         .mode("append")
 *         .columns("from", "shop", "total")
 *         .batch(row("north", "10:05", "2.50"), row("north", "10:40", "1.00"))
 *         .emitsNothing().watermark("10:30")
 *         .batch(row("north", "11:15", "9.00"))
 *         .emits(row("10:00", "north", "3.50"))
 *         .restart()
 *         .batch(row("north", "10:59", "4.00"))
 *         .emitsNothing().dropped(1)
 *         .run(onSpark(answer::hourly));
 * }</pre>
 *
 * <p><b>Rows</b> are {@link #row row(...)} or Java records whose components are named like the columns. Text is converted
 * to a time ({@code "10:05"}, on {@link #on the script's day}, UTC), a date, a decimal or bytes if the column has such a
 * type. Output rows and columns may be in any order. Numbers are compared by value: {@code 5}, {@code 5L} and
 * {@code 5.00} are equal. A double may differ from the expected number by a billionth of it, or of one.
 *
 * <p><b>No-data batches</b>, which Spark runs to close windows after the watermark has advanced, belong to the batch that
 * caused them: {@link #emits} must list their output, too. A query with processing-time timers never becomes idle; for
 * such a query the script waits for the expected output until its {@link #timeout} expires.
 *
 * <p>{@code run} adds a {@link Trace} to the current {@linkplain Recorder recording}.
 */
public final class Script {

    /** The day of times without a date. */
    public static final LocalDate DAY = LocalDate.parse("2026-01-01");

    private static final String ONLY_INPUT = "in";

    private final Map<String, Schema> inputs = new LinkedHashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private List<OutputColumn> output = List.of();
    private LocalDate day = DAY;
    private Duration timeout = Duration.ofSeconds(10);
    private String mode = "append";
    private String title = "";

    private Script() {}

    /** A script for a stream with this schema. */
    public static Script of(Schema input) {
        return of(ONLY_INPUT, input);
    }

    /** A script for a stream with this schema, written as in SQL: {@code "shop STRING, time TIMESTAMP"}. */
    public static Script of(String input) {
        return of(Schema.of(input));
    }

    /** A script for several streams. The first has this name and schema; {@link #and} adds the others. */
    public static Script of(String name, Schema input) {
        return new Script().and(name, input);
    }

    /** A script for several streams, with the schema of the first written as in SQL. */
    public static Script of(String name, String input) {
        return of(name, Schema.of(input));
    }

    /** A row. Its values are in the order of the input's columns or, for expected rows, of {@link #columns}. */
    public static ScriptRow row(Object... values) {
        return ScriptRow.of(values);
    }

    /** The components of a Java record as a row. */
    public static ScriptRow row(Record record) {
        return Literals.row(record);
    }

    /** A time on {@link #DAY}: {@code at("10:05")}. */
    public static Instant at(String time) {
        return Times.read(time, DAY);
    }

    /** Adds an input. */
    public Script and(String name, Schema input) {
        inputs.put(name, input);
        return this;
    }

    /** Adds an input, with its schema written as in SQL. */
    public Script and(String name, String input) {
        return and(name, Schema.of(input));
    }

    /** Sets the first line of a failure's message; for random input, use {@link Seed#hint}. */
    public Script title(String title) {
        this.title = title;
        return this;
    }

    /** Sets the day of times without a date, such as {@code 2026-03-01}; the default is {@link #DAY}. */
    public Script on(String day) {
        this.day = LocalDate.parse(day);
        return this;
    }

    /** Sets how long to wait for the output of a query with processing-time timers; the default is ten seconds. */
    public Script timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /** Sets the output mode: append (the default), update or complete. */
    public Script mode(String mode) {
        this.mode = mode;
        return this;
    }

    /** Sets the output columns: a name such as {@code total}, or a name and a type such as {@code total DECIMAL}. */
    public Script columns(String... columns) {
        return columns(List.of(columns));
    }

    /** Sets the output columns: names, or names with types. */
    public Script columns(List<String> columns) {
        output = OutputColumn.all(columns);
        return this;
    }

    /** Adds a batch with these rows of the first input. */
    public Script batch(Object... rows) {
        return batch(Arrays.asList(rows));
    }

    /** Adds a batch with these rows of the first input. */
    public Script batch(List<?> rows) {
        actions.add(Action.batch());
        boolean isOfOthers = rows.isEmpty() && inputs.size() > 1;
        return isOfOthers ? this : in(inputs.keySet().iterator().next(), rows);
    }

    /** Adds rows of another input to the current batch. */
    public Script in(String input, Object... rows) {
        return in(input, Arrays.asList(rows));
    }

    /** Stops the query and restarts it from its checkpoint; the answer's method is called again. */
    public Script restart() {
        actions.add(Action.RESTART);
        return this;
    }

    /**
     * The sink writes the current batch and then throws, once; the query is restarted from its checkpoint. {@link #emits}
     * then lists all rows that the sink received, before and after the restart; for an answer with a sink or a listener of
     * its own, all output so far.
     */
    public Script sinkFails() {
        return replaceLast(currentBatch().sinkFailing());
    }

    /** Expects this output of the current batch. Without an expectation, any output is accepted. */
    public Script emits(Object... rows) {
        return emits(Arrays.asList(rows));
    }

    /** Expects this output of the current batch. */
    public Script emits(List<?> rows) {
        return expect(expected().rows(rows, false));
    }

    /** Expects this output of the current batch, in this order. */
    public Script emitsInOrder(Object... rows) {
        return expect(expected().rows(Arrays.asList(rows), true));
    }

    /** Expects no output of the current batch. */
    public Script emitsNothing() {
        return emits(List.of());
    }

    /** Expects this event-time watermark after the current batch, such as {@code "10:05"}; it applies to the next batch. */
    public Script watermark(String time) {
        return expect(expected().metric(Expected.WATERMARK, Times.read(time, day), Trace.Event::watermark));
    }

    /** Expects no watermark after the current batch, or one that has not advanced. */
    public Script noWatermark() {
        return expect(expected().metric(Expected.WATERMARK, null, Trace.Event::watermark));
    }

    /** Expects that stateful operators drop this number of late rows in the current batch. */
    public Script dropped(long rows) {
        return expect(expected().metric("dropped", rows, Trace.Event::dropped));
    }

    /** Expects this number of rows in the query's state after the current batch. */
    public Script state(long rows) {
        return expect(expected().metric("state", rows, Trace.Event::state));
    }

    /** Expects at most this number of rows in the query's state after the current batch; right answers may differ in it. */
    public Script stateAtMost(long rows) {
        return expect(expected().metric("state", new Expected.AtMost(rows), Trace.Event::state));
    }

    /**
     * Expects another value after the current batch: {@code expects("committed", 3, () -> topic.committed(group))}.
     *
     * @param name shown in a failure's message
     * @param look returns the actual value; called once after the batch
     */
    public Script expects(String name, Object expected, Supplier<?> look) {
        return expect(expected().observed(name, expected, look));
    }

    /**
     * Runs the script against an answer, on the answer's engine.
     *
     * @throws Mismatch if the output of a batch is not as expected
     * @throws AssertionError if the output has other {@link #columns}
     * @throws IllegalStateException if the answer takes another number of inputs
     */
    public void run(RunnableAnswer answer) {
        new ScriptRun(script(mode)).run(answer);
    }

    /** Runs the script against an answer that runs by itself. {@link #emits} then lists all output of the job so far. */
    public void run(Job job) {
        new ScriptRun(script("")).run((script, columns) -> new JobTestDriver(job));
    }

    private ScriptSpec script(String mode) {
        return new ScriptSpec(title, mode, day, timeout, new LinkedHashMap<>(inputs), output, List.copyOf(actions));
    }

    private Script in(String input, List<?> rows) {
        if (!inputs.containsKey(input)) {
            throw new IllegalArgumentException("There is no input " + input + ". Inputs: " + inputs.keySet());
        }
        return replaceLast(currentBatch().with(input, rows));
    }

    private Expected expected() {
        return currentBatch().expected();
    }

    private Script expect(Expected expected) {
        return replaceLast(currentBatch().expecting(expected));
    }

    private Action currentBatch() {
        if (actions.isEmpty() || !actions.get(actions.size() - 1).isBatch()) {
            throw new IllegalStateException("Call batch(...) first.");
        }
        return actions.get(actions.size() - 1);
    }

    private Script replaceLast(Action action) {
        actions.set(actions.size() - 1, action);
        return this;
    }
}
