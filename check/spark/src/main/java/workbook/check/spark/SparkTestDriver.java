package workbook.check.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.EventTimeWatermark;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.execution.streaming.runtime.MicroBatchExecution;
import org.apache.spark.sql.execution.streaming.runtime.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.script.BatchResult;
import workbook.check.script.RefusedQuery;
import workbook.check.script.ScriptRow;
import workbook.check.script.ScriptSpec;
import workbook.check.script.TestDriver;
import workbook.kit.Scratch;
import workbook.kit.explain.Causes;
import workbook.kit.spark.explain.RejectedQuery;

/** Runs an answer as a streaming query on memory streams: rows that are added together are one batch. */
final class SparkTestDriver implements TestDriver {

    /** The time limit of a query with processing-time timers to read its rows, and to finish a batch before it stops. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private static final long TIMER_TRIGGER_MILLIS = 50;
    private static final long POLL_MILLIS = 5;

    private final Map<String, MemoryStream<Row>> inputs = new LinkedHashMap<>();
    private final Path checkpoint = Scratch.folder("checkpoint-");
    private final TestSink sink;
    private final String mode;
    private final Function<Map<String, Dataset<Row>>, Dataset<Row>> answer;
    private final Supplier<List<ScriptRow>> seen;
    private final ListenerProbe probe;
    private StreamingQuery query;
    private boolean becomesIdle;
    private boolean setsWatermark;
    private volatile boolean isGivenUp;
    private Duration timeout;
    private BatchResult.Metrics metrics = BatchResult.Metrics.NONE;

    /** A query whose output is the answer's. */
    static SparkTestDriver forQuery(ScriptSpec script, Function<Map<String, Dataset<Row>>, Dataset<Row>> answer) {
        return new SparkTestDriver(script, answer, TestSink.collecting(), ListenerProbe.none(), null);
    }

    /** The input stream, which the answer writes; the output is what {@code seen} reads. */
    static SparkTestDriver forForeachBatch(
            ScriptSpec script, Supplier<VoidFunction2<Dataset<Row>, Long>> answer, Supplier<List<ScriptRow>> seen) {
        return new SparkTestDriver(script, SparkAnswers::only, TestSink.delegating(answer), ListenerProbe.none(), seen);
    }

    /** The checkpoint's own query, to which the answer listens; the output is what {@code seen} returns. */
    static SparkTestDriver forListener(
            ScriptSpec script,
            UnaryOperator<Dataset<Row>> query,
            Supplier<StreamingQueryListener> answer,
            Supplier<List<ScriptRow>> seen) {
        return new SparkTestDriver(
                script,
                streams -> query.apply(SparkAnswers.only(streams)),
                TestSink.collecting(),
                ListenerProbe.of(answer),
                seen);
    }

    private SparkTestDriver(
            ScriptSpec script,
            Function<Map<String, Dataset<Row>>, Dataset<Row>> answer,
            TestSink sink,
            ListenerProbe probe,
            Supplier<List<ScriptRow>> seen) {
        this.mode = script.mode();
        this.timeout = script.timeout();
        this.answer = answer;
        this.sink = sink;
        this.probe = probe;
        this.seen = seen;
        SparkSession spark = SharedSpark.session(); // before the encoder, which reads its timestamp type
        script.inputs()
                .forEach((name, schema) ->
                        inputs.put(name, MemoryStream.apply(Encoders.row(SparkRows.type(schema)), spark)));
    }

    /** Calls the answer's method and starts the query, from the checkpoint if there is one. */
    @Override
    public void start() {
        probe.open();
        sink.open();
        Map<String, Dataset<Row>> streams = new LinkedHashMap<>();
        inputs.forEach((name, input) -> streams.put(name, input.toDF()));
        Dataset<Row> result = result(streams);
        StaticState.expectNone(result);
        becomesIdle = !ProcessingTimeTimers.isUsedBy(result);
        setsWatermark = QueryPlan.of(result).exists(EventTimeWatermark.class::isInstance);
        DataStreamWriter<Row> writer = result.writeStream()
                .outputMode(mode)
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.ProcessingTime(becomesIdle ? 0 : TIMER_TRIGGER_MILLIS))
                .foreachBatch(sink);
        try {
            query = RejectedQuery.start(result, writer);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The query's previous run did not stop in time.", e);
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            e.addSuppressed(new RefusedQuery(QueryPlan.text(result, mode)));
            throw e;
        }
    }

    private Dataset<Row> result(Map<String, Dataset<Row>> streams) {
        try {
            return answer.apply(streams);
        } catch (Exception e) {
            e.addSuppressed(new RefusedQuery(QueryPlan.refusingCall(e)));
            throw e;
        }
    }

    @Override
    public void restart() {
        stop();
        start();
    }

    /** After a timeout, a query with processing-time timers gets no time for later batches. */
    @Override
    public BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected) {
        add(rows);
        if (becomesIdle) {
            processAllAvailable();
        } else {
            awaitBatches(rows.values().stream().allMatch(List::isEmpty), isExpected);
        }
        BatchResult outcome = outcome();
        metrics = outcome.metrics();
        sink.removeUpTo(metrics.batch());
        return outcome;
    }

    /**
     * Adds the next batch as soon as the sink has received one, so that Spark runs no-data batches only at the end.
     */
    @Override
    public List<List<ScriptRow>> runBatches(List<Map<String, List<ScriptRow>>> batches) {
        if (!becomesIdle) {
            return batches.stream()
                    .map(rows -> runBatch(rows, outcome -> true).out())
                    .toList();
        }
        Iterator<Map<String, List<ScriptRow>>> next = batches.iterator();
        Runnable feed = () -> {
            if (next.hasNext()) {
                add(next.next());
            }
        };
        sink.afterEachBatch(feed);
        feed.run();
        processAllAvailable();
        return sink.batches().stream().map(SparkRows::fromSpark).toList();
    }

    private void awaitBatches(boolean isEmpty, Predicate<BatchResult> isExpected) {
        await(READ_TIMEOUT, () -> isEmpty || progress().stream().anyMatch(batch -> batch.numInputRows() > 0));
        timeout = await(timeout, () -> isExpected.test(outcome())) ? timeout : Duration.ZERO;
    }

    @Override
    public List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows) {
        sink.failOnce();
        add(rows);
        try {
            processAllAvailable();
        } catch (Exception e) {
            if (!sink.hasFailed()) {
                throw e;
            }
        }
        List<ScriptRow> written = seen == null ? SparkRows.fromSpark(sink.rows(Long.MAX_VALUE)) : List.of();
        sink.removeUpTo(Long.MAX_VALUE);
        return written;
    }

    /** Adds rows to all inputs at once, so that Spark does not start a batch in between. */
    private void add(Map<String, List<ScriptRow>> rows) {
        execution().withProgressLocked(() -> {
            rows.forEach(
                    (name, added) -> inputs.get(name).addData(CollectionConverters.asScala(SparkRows.toSpark(added))));
            return null;
        });
    }

    /** The result of the batches that the query has finished since the last call of runBatch. */
    private BatchResult outcome() {
        BatchResult.Metrics now = ProgressMetrics.after(metrics, progress(), watermark());
        probe.awaitEvents();
        return new BatchResult(seen == null ? SparkRows.fromSpark(sink.rows(now.batch())) : seen.get(), now);
    }

    private List<StreamingQueryProgress> progress() {
        return Arrays.stream(query.recentProgress())
                .filter(batch -> batch.batchId() > metrics.batch())
                .toList();
    }

    private Instant watermark() {
        long millis = execution().watermarkTracker().currentWatermark();
        return millis > 0 ? Instant.ofEpochMilli(millis) : null;
    }

    private MicroBatchExecution execution() {
        return (MicroBatchExecution) ((StreamingQueryWrapper) query).streamingQuery();
    }

    /** Waits for a condition; returns false if the limit expires. */
    private boolean await(Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!query.isActive()) {
                query.processAllAvailable(); // throws what ended it
            }
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            isGivenUp = true;
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a query.", e);
        }
    }

    /** Spark throws an undeclared {@link InterruptedException} if the batch is given up because the answer hangs. */
    private void processAllAvailable() {
        try {
            query.processAllAvailable();
        } catch (Exception e) {
            isGivenUp |= Causes.of(e).stream().anyMatch(InterruptedException.class::isInstance);
            throw e;
        }
    }

    /** Stops the query between two batches; in the middle of one that is given up. */
    private void stop() {
        if (!isGivenUp) {
            await(READ_TIMEOUT, () -> !query.isActive() || !query.status().isTriggerActive());
        }
        try {
            query.stop();
        } catch (TimeoutException e) {
            throw new IllegalStateException("The query did not stop.", e);
        }
    }

    @Override
    public boolean setsWatermark() {
        return setsWatermark;
    }

    @Override
    public boolean isCumulative() {
        return seen != null;
    }

    @Override
    public void close() {
        try {
            if (query != null) {
                stop();
            }
        } finally {
            probe.close();
            Scratch.delete(checkpoint);
        }
    }
}
