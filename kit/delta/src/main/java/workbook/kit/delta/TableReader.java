package workbook.kit.delta;

import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryException;
import workbook.kit.spark.CheckpointFolder;
import workbook.kit.spark.CollectedBatches;
import workbook.kit.spark.CollectedQuery;
import workbook.kit.spark.SparkErrors;

/** A stream of a table. If it stops, it starts again: with its checkpoint, or else with a new one. */
public final class TableReader implements AutoCloseable {

    private final Supplier<Dataset<Row>> rows;
    private String checkpoint;
    private CollectedQuery<Row> query;

    /**
     * What a stream got of a change.
     *
     * @param error the condition with which it stopped; null if it did not stop
     * @param goesOn whether it went on with its checkpoint
     * @param output its rows, as {@link CollectedBatches#output}; empty if there are none or it did not go on
     */
    public record Outcome(String error, boolean goesOn, String output) {}

    /**
     * Starts a stream.
     *
     * @param rows creates its query, for each start
     */
    public TableReader(Supplier<Dataset<Row>> rows) throws TimeoutException {
        this.rows = rows;
        startWithNewCheckpoint();
    }

    private void startWithNewCheckpoint() throws TimeoutException {
        checkpoint = CheckpointFolder.create().toString();
        start();
    }

    private void start() throws TimeoutException {
        query = CollectedQuery.start(rows.get(), "append", checkpoint);
    }

    /** Waits until it has read all there is. Of a stream with a new checkpoint, the rows of the whole table are left out. */
    public Outcome next() throws TimeoutException, StreamingQueryException {
        try {
            return new Outcome(null, true, output());
        } catch (StreamingQueryException e) {
            return again(SparkErrors.condition(e));
        }
    }

    private Outcome again(String error) throws TimeoutException, StreamingQueryException {
        try {
            start();
            return new Outcome(error, true, output());
        } catch (StreamingQueryException e) {
            startWithNewCheckpoint();
            output();
            return new Outcome(error, false, "");
        }
    }

    /** Declares what {@code processAllAvailable} throws: Scala declares no exceptions. */
    private String output() throws StreamingQueryException {
        return CollectedBatches.of(query.processAllAvailable()).output();
    }

    @Override
    public void close() throws TimeoutException {
        query.close();
    }
}
