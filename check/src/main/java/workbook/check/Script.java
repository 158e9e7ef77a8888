package workbook.check;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.types.StructType;

/**
 * The story of a stream, told batch by batch: these rows come in, those come out.
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
 *         .play(answer::hourly);
 * }</pre>
 *
 * <p><b>Rows</b> are {@link #row row(...)} or Java records whose components are named like the columns. A text stands for
 * a time ({@code "10:05"}, on {@link #on the story's day}, UTC), a date or a decimal where the column is one.
 * Rows may come out in any order, columns too. Numbers are compared by value: {@code 5}, {@code 5L} and {@code 5.00} are
 * the same.
 *
 * <p><b>Batches</b> that Spark runs without data, to close windows once the watermark has advanced, belong to the batch
 * that caused them: what they put out, {@link #emits} must name. A query with timers in processing time never rests; of
 * such a query the script waits for what is expected, as long as its {@link #patience} lasts.
 *
 * <p>{@code play} keeps a {@link Trace} of what happened, for whoever {@linkplain Recorder records}.
 */
public final class Script {

    /** The day of times that name none. */
    public static final LocalDate DAY = LocalDate.parse("2026-01-01");

    private static final String ONLY_INPUT = "in";

    private final Map<String, StructType> inputs = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private List<String> columns = List.of();
    private LocalDate day = DAY;
    private Duration patience = Duration.ofSeconds(10);
    private String mode = "append";
    private String title = "";

    private Script() {}

    /** A story about a stream of rows of this schema. */
    public static Script of(StructType input) {
        return of(ONLY_INPUT, input);
    }

    /** A story about a stream of rows of this schema, as SQL writes it: {@code "shop STRING, time TIMESTAMP"}. */
    public static Script of(String input) {
        return of(StructType.fromDDL(input));
    }

    /** A story about several streams, the first of which has this name and schema; {@link #and} adds the others. */
    public static Script of(String name, StructType input) {
        return new Script().and(name, input);
    }

    /** The same, the schema as SQL writes it. */
    public static Script of(String name, String input) {
        return of(name, StructType.fromDDL(input));
    }

    /** A row, its values in the order of the input's columns or, where it is expected, of {@link #columns}. */
    public static Row row(Object... values) {
        return RowFactory.create(values);
    }

    /** A time of the day that stories are set on: {@code at("10:05")}. See {@link #on}. */
    public static Instant at(String time) {
        return Times.read(time, DAY);
    }

    /** One more input. */
    public Script and(String name, StructType input) {
        inputs.put(name, input);
        return this;
    }

    /** One more input, its schema as SQL writes it. */
    public Script and(String name, String input) {
        return and(name, StructType.fromDDL(input));
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
        this.columns = List.of(names);
        return this;
    }

    /** The next batch: these rows come in together, by the first input. */
    public Script batch(Object... rows) {
        return batch(Arrays.asList(rows));
    }

    /** The next batch: these rows come in together, by the first input. */
    public Script batch(List<?> rows) {
        steps.add(Step.batch());
        boolean isOfOthers = rows.isEmpty() && inputs.size() > 1;
        return isOfOthers ? this : in(inputs.keySet().iterator().next(), rows);
    }

    /** Rows that come in by this input, in the batch just told. */
    public Script in(String input, Object... rows) {
        return in(input, Arrays.asList(rows));
    }

    /** The query is stopped and started again from its checkpoint; the answer is asked for once more. */
    public Script restart() {
        steps.add(Step.RESTART);
        return this;
    }

    /**
     * The sink writes the batch just told, then throws, once; the query is started again from its checkpoint. What the
     * batch {@link #emits} is all that the sink received, before and after; where one looks elsewhere, as in
     * {@link #playToSink} and {@link #playToListener}, all that is there afterwards.
     */
    public Script sinkFails() {
        return retell(batchJustTold().sinkFailing());
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
        return expect(expected().figure(Expected.WATERMARK, Times.read(time, day), Trace.Event::watermark));
    }

    /** There is no watermark after the batch just told, or it has not begun to move. */
    public Script noWatermark() {
        return expect(expected().figure(Expected.WATERMARK, null, Trace.Event::watermark));
    }

    /** So many rows of the batch just told came behind the watermark and were dropped by an operator with state. */
    public Script dropped(long rows) {
        return expect(expected().figure("dropped", rows, Trace.Event::dropped));
    }

    /** So many rows stand in the query's state after the batch just told. */
    public Script state(long rows) {
        return expect(expected().figure("state", rows, Trace.Event::state));
    }

    /** No more than so many rows stand in the query's state after the batch just told: right answers differ in their number. */
    public Script stateAtMost(long rows) {
        return expect(expected().figure("state", new Expected.AtMost(rows), Trace.Event::state));
    }

    /**
     * After the batch just told this is found, besides the rows: {@code finds("committed", 3, () -> topic.committed(group))}.
     */
    public Script finds(String name, Object expected, Supplier<?> look) {
        return expect(expected().found(name, expected, look));
    }

    /**
     * Plays the story to an answer.
     *
     * @throws AssertionError at the first batch that puts out something else, or if the answer is no stream of
     *     the {@link #columns}
     */
    public void play(UnaryOperator<Dataset<Row>> answer) {
        playAll(streams -> answer.apply(only(streams)));
    }

    /** Plays the story to an answer that takes objects: {@code play(Encoders.bean(Sale.class), answer::large)}. */
    public <T> void play(Encoder<T> encoder, Function<Dataset<T>, ? extends Dataset<?>> answer) {
        playAll(streams -> {
            Dataset<?> result = answer.apply(only(streams).as(encoder));
            return result == null ? null : result.toDF();
        });
    }

    /** Plays the story to an answer that takes two streams, in the order in which the story names them. */
    public void play(BinaryOperator<Dataset<Row>> answer) {
        expectInputs(2);
        playAll(streams -> {
            List<Dataset<Row>> both = List.copyOf(streams.values());
            return answer.apply(both.get(0), both.get(1));
        });
    }

    /** Plays the story to an answer that takes any number of streams, by name. */
    public void playAll(Function<Map<String, Dataset<Row>>, Dataset<Row>> answer) {
        Columns columns = new Columns(this.columns);
        new Playing(story(false), columns)
                .play(new Query(story(false), streams -> columns.ordered(answer.apply(streams))));
    }

    /**
     * Plays the story to an answer that writes the batches of the stream somewhere, as {@code foreachBatch} takes it. What
     * a batch {@link #emits} is then all that can be seen there after it, such as
     * {@code () -> spark.read().parquet(folder).collectAsList()}, columns in any order.
     */
    public void playToSink(Supplier<VoidFunction2<Dataset<Row>, Long>> answer, Supplier<List<Row>> seen) {
        expectInputs(1);
        play(Query.writing(story(true), answer, seen));
    }

    /**
     * Plays the story to a query of your own, while the answer listens to it. What a batch {@link #emits} is then all that
     * can be learnt from the answer once it has heard of that batch. What the listener throws, the story throws.
     */
    public void playToListener(UnaryOperator<Dataset<Row>> query, Supplier<StreamingQueryListener> answer,
            Supplier<List<Row>> seen) {
        expectInputs(1);
        play(Query.heard(story(true), query, answer, seen));
    }

    /** Plays the story to an answer that runs by itself. What a batch {@link #emits} is then all that the job shows. */
    public void playJob(Job job) {
        expectInputs(1);
        mode("");
        play(new JobStage(job));
    }

    private void play(Stage stage) {
        new Playing(story(true), new Columns(columns)).play(stage);
    }

    private Story story(boolean cumulative) {
        return new Story(title, mode, cumulative, day, patience, inputs, columns, steps);
    }

    private Dataset<Row> only(Map<String, Dataset<Row>> streams) {
        expectInputs(1);
        return streams.values().iterator().next();
    }

    private void expectInputs(int expected) {
        if (inputs.size() != expected) {
            throw new IllegalStateException("The story has the inputs " + inputs.keySet() + ", the answer takes "
                    + expected + ".");
        }
    }

    private Script in(String input, List<?> rows) {
        if (!inputs.containsKey(input)) {
            throw new IllegalArgumentException("There is no input " + input + ". There are: " + inputs.keySet());
        }
        return retell(batchJustTold().with(input, rows));
    }

    private Expected expected() {
        return batchJustTold().expected();
    }

    private Script expect(Expected expected) {
        return retell(batchJustTold().expecting(expected));
    }

    private Step batchJustTold() {
        if (steps.isEmpty() || !steps.get(steps.size() - 1).isBatch()) {
            throw new IllegalStateException("This speaks of a batch: say batch(...) first.");
        }
        return steps.get(steps.size() - 1);
    }

    private Script retell(Step step) {
        steps.set(steps.size() - 1, step);
        return this;
    }
}
