package workbook.check.script;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Where a script is played on an engine: what rows go into, and where to look for what becomes of them. */
public interface TestDriver extends AutoCloseable {

    void start();

    /** Stops the answer and starts it again, from its checkpoint if there is one; the answer is asked for once more. */
    void restart();

    /**
     * Puts these rows in together and waits until the answer has dealt with them: until it rests or, if it never does,
     * until it has done what is expected or patience ends.
     *
     * @param rows by the name of the input; inputs that are not named get none
     */
    BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected);

    /** Puts these rows in together, lets the sink fail when it has written them, and returns what it had written. */
    List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows);

    /**
     * Feeds one batch after the other, and returns what came of each. An engine that can take the next batch while one is
     * being written does so: as in a stream that is busy.
     */
    default List<List<ScriptRow>> runBatches(List<Map<String, List<ScriptRow>>> batches) {
        return batches.stream()
                .map(rows -> runBatch(rows, outcome -> true).out())
                .toList();
    }

    /** Whether what comes out is all that there is to see, and not what the batch adds to it. */
    default boolean isCumulative() {
        return false;
    }

    @Override
    void close();
}
