package workbook.check.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import workbook.check.script.BatchResult;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.SneakyThrow;
import workbook.check.script.TestDriver;
import workbook.kit.Scratch;

/**
 * Runs an answer as a job on the {@link SharedFlink}. After the rows of a batch have left the source, the driver triggers a
 * checkpoint. Its barrier follows the rows, and the watermarks behind them, through all operators: when the checkpoint is
 * complete, the output of the batch is, too. No time is measured.
 */
final class FlinkTestDriver<T extends Record, R extends Record> implements TestDriver {

    private static final long POLL_MILLIS = 1;
    private static final Duration TO_END = Duration.ofSeconds(10);

    private final Function<DataStream<T>, DataStream<R>> answer;
    private final RecordRows<T> input;
    private final Schema output;
    private final MiniCluster cluster = SharedFlink.cluster();
    private final Exchange exchange = Exchange.open();
    private final Path savepoints = Scratch.folder("flink-");
    private JobID job;
    private CompletableFuture<JobResult> end;

    FlinkTestDriver(Function<DataStream<T>, DataStream<R>> answer, RecordRows<T> input, Schema output) {
        this.answer = answer;
        this.input = input;
        this.output = output;
    }

    @Override
    public void start() {
        start(SavepointRestoreSettings.none());
    }

    private void start(SavepointRestoreSettings from) {
        JobGraph graph = graph();
        graph.setClasspaths(SharedFlink.placesOfClasses());
        graph.setSavepointRestoreSettings(from);
        job = graph.getJobID();
        result(cluster.submitJob(graph));
        end = cluster.requestJobResult(job);
        while (!isRunning(result(cluster.getExecutionGraph(job)))) {
            if (end.isDone()) {
                throw failure();
            }
            pause();
        }
    }

    private JobGraph graph() {
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.getExecutionEnvironment(SharedFlink.jobSettings());
        DataStream<T> in = flink.fromSource(
                        new ExchangeSource<T>(exchange.number()),
                        WatermarkStrategy.noWatermarks(),
                        "input",
                        TypeInformation.of(input.type()))
                .uid("input");
        DataStream<R> out = answer.apply(in);
        if (out == null) {
            throw new AssertionError("The answer returned null instead of a DataStream.");
        }
        out.sinkTo(new ExchangeSink<>(exchange.number())).uid("output");
        List<Transformation<?>> operators = flink.getTransformations().stream()
                .flatMap(last -> last.getTransitivePredecessors().stream())
                .distinct()
                .toList();
        StreamGraph graph = flink.getStreamGraph();
        StaticState.expectNone(graph);
        operators.forEach(operator -> PerRecordWatermarks.replace(operator, graph));
        return graph.getJobGraph();
    }

    /** Before the job runs, its graph is empty. */
    private static boolean isRunning(AccessExecutionGraph graph) {
        return graph.getState() == JobStatus.RUNNING
                && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                        .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
    }

    /** Stops the job with a savepoint and starts it from there. The job may have ended before the savepoint is known. */
    @Override
    public void restart() {
        String savepoint = result(
                cluster.stopWithSavepoint(job, savepoints.toUri().toString(), false, SavepointFormatType.CANONICAL));
        result(end);
        start(SavepointRestoreSettings.forPath(savepoint));
    }

    @Override
    public BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected) {
        await(exchange.add(rows.values().stream()
                .flatMap(List::stream)
                .map(input::toRecord)
                .toList()));
        await(cluster.triggerCheckpoint(job));
        List<ScriptRow> emitted = new ArrayList<>();
        exchange.takeOutput()
                .forEach(row -> emitted.add(
                        ScriptRow.of(output, Script.row((Record) row).values())));
        return new BatchResult(emitted, BatchResult.Metrics.NONE);
    }

    @Override
    public List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows) {
        throw new IllegalStateException("The sink of this driver cannot fail.");
    }

    /** The result of an action on the running job; throws what ended the job, if it ends instead. */
    private <A> A await(CompletableFuture<A> action) {
        result(CompletableFuture.anyOf(action.handle((value, thrown) -> null), end));
        if (!action.isDone() || action.isCompletedExceptionally()) {
            awaitEnd();
            if (end.isDone()) {
                throw failure();
            }
        }
        return result(action);
    }

    /** If an action fails, then because the job does: this says why. */
    private void awaitEnd() {
        try {
            end.get(TO_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // the action's own exception is thrown
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private RuntimeException failure() {
        return result(end)
                .getSerializedThrowable()
                .map(thrown -> SneakyThrow.of(
                        thrown.deserializeError(Thread.currentThread().getContextClassLoader())))
                .orElseGet(() -> new IllegalStateException("The job has ended."));
    }

    private static <A> A result(CompletableFuture<A> action) {
        try {
            return action.get();
        } catch (ExecutionException e) {
            throw SneakyThrow.of(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for a job.", e);
    }

    @Override
    public void close() {
        try {
            if (end != null && !end.isDone()) {
                cluster.cancelJob(job);
                awaitEnd();
            }
        } finally {
            exchange.close();
            Scratch.delete(savepoints);
        }
    }
}
