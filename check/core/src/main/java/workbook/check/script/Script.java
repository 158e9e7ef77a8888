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
 * The script of a stream, told batch by batch: these rows come in, those come out.
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
 * <p><b>Rows</b> are {@link #row row(...)} or Java records whose components are named like the columns. A text stands for
 * a time ({@code "10:05"}, on {@link #on the script's day}, UTC), a date or a decimal where the column is one.
 * Rows may come out in any order, columns too. Numbers are compared by value: {@code 5}, {@code 5L} and {@code 5.00} are
 * the same.
 *
 * <p><b>Batches</b> that Spark runs without data, to close windows once the watermark has advanced, belong to the batch
 * that caused them: what they put out, {@link #emits} must name. A query with timers in processing time never rests; of
 * such a query the script waits for what is expected, as long as its {@link #patience} lasts.
 *
 * <p>{@code run} keeps a {@link Trace} of what happened, for whoever {@linkplain Recorder records}.
 */
public final class Script {

    /** The day of times that name none. */
    public static final LocalDate DAY = LocalDate.parse("2026-01-01");

    private static final String ONLY_INPUT = "in";

    private final Map<String, Schema> inputs = new LinkedHashMap<>();
    private final List<Action> steps = new ArrayList<>();
    private List<String> columns = List.of();
    private LocalDate day = DAY;
    private Duration patience = Duration.ofSeconds(10);
    private String mode = "append";
    private String title = "";

    private Script() {}

    /** A script about a stream of rows of this schema. */
    public static Script of(Schema input) {
        return of(ONLY_INPUT, input);
    }

    /** A script about a stream of rows of this schema, as SQL writes it: {@code "shop STRING, time TIMESTAMP"}. */
    public static Script of(String input) {
        return of(Schema.of(input));
    }

    /** A script about several streams, the first of which has this name and schema; {@link #and} adds the others. */
    public static Script of(String name, Schema input) {
        return new Script().and(name, input);
    }

    /** The same, the schema as SQL writes it. */
    public static Script of(String name, String input) {
        return of(name, Schema.of(input));
    }

    /** A row, its values in the order of the input's columns or, where it is expected, of {@link #columns}. */
    public static ScriptRow row(Object... values) {
        return ScriptRow.of(values);
    }

    /** The components of a Java record as a row, in their order. */
    public static ScriptRow row(Record record) {
        return Literals.row(record);
    }

    /** A time of the day that stories are set on: {@code at("10:05")}. See {@link #on}. */
    public static Instant at(String time) {
        return Times.read(time, DAY);
    }

    /** One more input. */
    public Script and(String name, Schema input) {
        inputs.put(name, input);
        return this;
    }

    /** One more input, its schema as SQL writes it. */
    public Script and(String name, String input) {
        return and(name, Schema.of(input));
    }

    /** A line that opens the message of a failure; random input names its {@link Seed} here. */
    public Script title(String title) {
        this.title = title;
        return this;
    }

    /** The day of times that name none, such as {@code 2026-03-01}; {@link #DAY} where nothing is said. */
    public Script on(String day) {
        this.day = LocalDate.parse(day);
        return this;
    }

    /** How long a query that never rests may take to do what is expected of it; ten seconds where nothing is said. */
    public Script patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    /** The output mode: append (where nothing is said), update or complete. */
    public Script mode(String mode) {
        this.mode = mode;
        return this;
    }

    /** The names of the columns that come out. */
    public Script columns(String... names) {
        return columns(List.of(names));
    }

    /** The names of the columns that come out. */
    public Script columns(List<String> names) {
        this.columns = List.copyOf(names);
        return this;
    }

    /** The next batch: these rows come in together, by the first input. */
    public Script batch(Object... rows) {
        return batch(Arrays.asList(rows));
    }

    /** The next batch: these rows come in together, by the first input. */
    public Script batch(List<?> rows) {
        steps.add(Action.batch());
        boolean isOfOthers = rows.isEmpty() && inputs.size() > 1;
        return isOfOthers ? this : in(inputs.keySet().iterator().next(), rows);
    }

    /** Rows that come in by this input, in the batch just told. */
    public Script in(String input, Object... rows) {
        return in(input, Arrays.asList(rows));
    }

    /** The query is stopped and started again from its checkpoint; the answer is asked for once more. */
    public Script restart() {
        steps.add(Action.RESTART);
        return this;
    }

    /**
     * The sink writes the batch just told, then throws, once; the query is started again from its checkpoint. What the
     * batch {@link #emits} is all that the sink received, before and after; where an
     * answer writes elsewhere or listens, all that is there afterwards.
     */
    public Script sinkFails() {
        return replaceLast(currentBatch().sinkFailing());
    }

    /** What the batch just told puts out. A batch of which nothing is said may put out anything. */
    public Script emits(Object... rows) {
        return emits(Arrays.asList(rows));
    }

    /** What the batch just told puts out. */
    public Script emits(List<?> rows) {
        return expect(expected().rows(rows, false));
    }

    /** What the batch just told puts out, in this order. */
    public Script emitsInOrder(Object... rows) {
        return expect(expected().rows(Arrays.asList(rows), true));
    }

    /** The batch just told puts out no row. */
    public Script emitsNothing() {
        return emits(List.of());
    }

    /** The event-time watermark after the batch just told, such as {@code "10:05"}: the one that the next batch meets. */
    public Script watermark(String time) {
        return expect(expected().metric(Expected.WATERMARK, Times.read(time, day), Trace.Event::watermark));
    }

    /** There is no watermark after the batch just told, or it has not begun to move. */
    public Script noWatermark() {
        return expect(expected().metric(Expected.WATERMARK, null, Trace.Event::watermark));
    }

    /** So many rows of the batch just told came behind the watermark and were dropped by an operator with state. */
    public Script dropped(long rows) {
        return expect(expected().metric("dropped", rows, Trace.Event::dropped));
    }

    /** So many rows stand in the query's state after the batch just told. */
    public Script state(long rows) {
        return expect(expected().metric("state", rows, Trace.Event::state));
    }

    /** No more than so many rows stand in the query's state after the batch just told: right answers differ in their number. */
    public Script stateAtMost(long rows) {
        return expect(expected().metric("state", new Expected.AtMost(rows), Trace.Event::state));
    }

    /**
     * After the batch just told this is found, besides the rows: {@code expects("committed", 3, () -> topic.committed(group))}.
     */
    public Script expects(String name, Object expected, Supplier<?> look) {
        return expect(expected().observed(name, expected, look));
    }

    /**
     * Plays the script to an answer, on the engine that it is written for.
     *
     * @throws Mismatch at the first batch that puts out something else
     * @throws AssertionError if the answer puts out other {@link #columns}, or does not take the script's inputs
     */
    public void run(RunnableAnswer answer) {
        new ScriptRun(script(mode)).run(answer);
    }

    /** Plays the script to an answer that runs by itself. What a batch {@link #emits} is then all that the job shows. */
    public void run(Job job) {
        new ScriptRun(script("")).run((script, columns) -> new JobTestDriver(job));
    }

    private ScriptSpec script(String mode) {
        return new ScriptSpec(title, mode, day, patience, new LinkedHashMap<>(inputs), columns, List.copyOf(steps));
    }

    private Script in(String input, List<?> rows) {
        if (!inputs.containsKey(input)) {
            throw new IllegalArgumentException("There is no input " + input + ". There are: " + inputs.keySet());
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
        if (steps.isEmpty() || !steps.get(steps.size() - 1).isBatch()) {
            throw new IllegalStateException("This speaks of a batch: say batch(...) first.");
        }
        return steps.get(steps.size() - 1);
    }

    private Script replaceLast(Action step) {
        steps.set(steps.size() - 1, step);
        return this;
    }
}
