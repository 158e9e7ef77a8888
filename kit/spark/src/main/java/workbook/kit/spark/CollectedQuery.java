package workbook.kit.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Runs a streaming query and collects its output batch by batch, so that a program can deliver input and print what
 * each batch emitted. The sink is {@code foreachBatch}.
 */
public final class CollectedQuery<T> implements AutoCloseable {

    private final StreamingQuery query;
    private final Map<Long, List<T>> outputs;
    private long seen = -1;

    private CollectedQuery(DataStreamWriter<T> writer) throws TimeoutException {
        Map<Long, List<T>> outputs = new ConcurrentHashMap<>();
        this.outputs = outputs;
        query = writer.foreachBatch((batch, id) -> {
                    outputs.put(id, batch.collectAsList());
                })
                .start();
    }

    /** Starts a query with an output mode: append, update or complete. */
    public static <T> CollectedQuery<T> start(Dataset<T> rows, String outputMode) throws TimeoutException {
        return start(rows.writeStream().outputMode(outputMode));
    }

    /** Starts a query in an output mode, with a checkpoint in this folder, which may exist. */
    public static <T> CollectedQuery<T> start(Dataset<T> rows, String outputMode, String checkpoint)
            throws TimeoutException {
        return start(rows.writeStream().outputMode(outputMode).option("checkpointLocation", checkpoint));
    }

    /** Starts a query with its own options, such as a checkpoint location or a trigger. */
    public static <T> CollectedQuery<T> start(DataStreamWriter<T> writer) throws TimeoutException {
        return new CollectedQuery<>(writer);
    }

    /** Runs a query over all available input, with {@link Trigger#AvailableNow}, and returns its batches. */
    public static <T> List<CollectedBatch<T>> run(Dataset<T> rows, String outputMode)
            throws TimeoutException, StreamingQueryException {
        return run(rows.writeStream().outputMode(outputMode));
    }

    /** Like {@link #run(Dataset, String)}, with a checkpoint in this folder, which may exist. */
    public static <T> List<CollectedBatch<T>> run(Dataset<T> rows, String outputMode, String checkpoint)
            throws TimeoutException, StreamingQueryException {
        return run(rows.writeStream().outputMode(outputMode).option("checkpointLocation", checkpoint));
    }

    /** Like {@link #run(Dataset, String)}, with the query's own options except the trigger. */
    public static <T> List<CollectedBatch<T>> run(DataStreamWriter<T> writer)
            throws TimeoutException, StreamingQueryException {
        CollectedQuery<T> run = start(writer.trigger(Trigger.AvailableNow()));
        run.query.awaitTermination();
        return run.newBatches();
    }

    /** Runs a query over all available input, and returns the rows of all its batches, in the order of the batches. */
    public static <T> List<T> rows(Dataset<T> query, String outputMode)
            throws TimeoutException, StreamingQueryException {
        return run(query, outputMode).stream()
                .flatMap(batch -> batch.rows().stream())
                .toList();
    }

    /**
     * Runs a query over all available input and returns the output of its batches, separated by bars; of a query that
     * Spark refuses or that fails, {@code refused:} and the {@linkplain SparkErrors#reason reason}.
     */
    public static String outcome(Dataset<?> rows, String outputMode) {
        try {
            return run(rows, outputMode).stream().map(CollectedBatch::output).collect(Collectors.joining(" | "));
        } catch (Exception e) {
            return "refused: " + SparkErrors.reason(e);
        }
    }

    /**
     * Runs a query that never stops running batches, such as one with a time to live, until a batch meets a condition.
     * Returns the rows of that batch.
     *
     * @param condition gets the rows of a batch and the progress of the previous one, null for the first
     */
    public static <T> List<T> runUntil(
            DataStreamWriter<T> writer, BiPredicate<List<T>, StreamingQueryProgress> condition)
            throws TimeoutException, StreamingQueryException, InterruptedException {
        List<T> last = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<StreamingQuery> started = new AtomicReference<>(); // the batch's own session lists no query
        StreamingQuery query = writer.foreachBatch((batch, id) -> {
                    List<T> rows = batch.collectAsList();
                    if (condition.test(
                            rows, started.get() == null ? null : started.get().lastProgress())) {
                        last.addAll(rows);
                        done.countDown();
                        Thread.sleep(Long.MAX_VALUE); // so that stop() interrupts this and not a batch
                    }
                })
                .start();
        started.set(query);
        while (!done.await(20, TimeUnit.MILLISECONDS)) {
            if (query.exception().isDefined()) {
                throw query.exception().get();
            }
        }
        query.stop();
        return last;
    }

    /** Waits until the query has processed all available input. Returns the batches since the last call. */
    public List<CollectedBatch<T>> processAllAvailable() {
        query.processAllAvailable();
        return newBatches();
    }

    /**
     * Delivers files to the query's inbox, one at a time, and waits after each until the query has processed all input.
     *
     * @param columns the columns of the files, as {@link Inbox#deliver(String, String)} takes them
     * @param files the rows of each file
     * @param batches gets each batch with its file, or with an empty string for a no-data batch
     */
    public void processFiles(
            Inbox inbox, String columns, List<String> files, BiConsumer<String, CollectedBatch<T>> batches) {
        for (String file : files) {
            inbox.deliver(columns, file);
            for (CollectedBatch<T> batch : processAllAvailable()) {
                batches.accept(batch.inputRows() > 0 ? file : "", batch);
            }
        }
    }

    /** The query itself. */
    public StreamingQuery query() {
        return query;
    }

    /** Stops the query. */
    @Override
    public void close() throws TimeoutException {
        query.stop();
    }

    /** An idle trigger also reports progress, with the ID of the next batch; only a batch has {@code addBatch}. */
    private List<CollectedBatch<T>> newBatches() {
        List<CollectedBatch<T>> batches = new ArrayList<>();
        for (StreamingQueryProgress progress : query.recentProgress()) {
            if (progress.batchId() > seen && progress.durationMs().containsKey("addBatch")) {
                seen = progress.batchId();
                batches.add(new CollectedBatch<>(seen, outputs.remove(seen), progress));
            }
        }
        return batches;
    }
}
