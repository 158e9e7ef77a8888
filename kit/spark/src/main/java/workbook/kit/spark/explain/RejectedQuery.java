package workbook.kit.spark.explain;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import workbook.kit.explain.FailureNote;

/** Adds to the exception with which Spark rejects a query what its message lacks. */
public final class RejectedQuery {

    private RejectedQuery() {}

    /**
     * Starts a query. An {@link AnalysisException} gets a {@link FailureNote} about the query's watermark.
     *
     * @param query the query that the writer writes
     */
    public static StreamingQuery start(Dataset<?> query, DataStreamWriter<?> writer) throws TimeoutException {
        try {
            return writer.start();
        } catch (Exception e) { // start() does not declare an AnalysisException
            if (e instanceof AnalysisException && query instanceof org.apache.spark.sql.classic.Dataset<?> classic) {
                WatermarkInPlan.describe(classic.queryExecution().analyzed())
                        .ifPresent(note -> e.addSuppressed(new FailureNote(note)));
            }
            throw e;
        }
    }
}
