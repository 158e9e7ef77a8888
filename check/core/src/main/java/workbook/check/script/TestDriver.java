package workbook.check.script;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs an answer on an engine for a script: adds the input of each batch and returns the output. */
public interface TestDriver extends AutoCloseable {

    void start();

    /** Stops the answer and starts it again, from its checkpoint if there is one; the answer's method is called again. */
    void restart();

    /**
     * Adds these rows as one batch and waits until the answer has processed them. A query with processing-time timers
     * never becomes idle; then it waits until the result is as expected or the timeout expires.
     *
     * @param rows by the name of the input; other inputs get none
     */
    BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected);

    /** Adds these rows as one batch, lets the sink fail after it has written them, and returns the rows written. */
    List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows);

    /**
     * Runs several batches and returns the output of each. If the engine can, the next batch is added while one is being
     * written, as in a busy stream.
     */
    default List<List<ScriptRow>> runBatches(List<Map<String, List<ScriptRow>>> batches) {
        return batches.stream()
                .map(rows -> runBatch(rows, outcome -> true).out())
                .toList();
    }

    /** Whether the output of a batch is all output so far, not only that of the batch. */
    default boolean isCumulative() {
        return false;
    }

    /** Whether the answer sets a watermark, which may not have advanced yet; known after the start. */
    default boolean setsWatermark() {
        return false;
    }

    @Override
    void close();
}
