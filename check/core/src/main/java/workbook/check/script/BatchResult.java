package workbook.check.script;

import java.time.Instant;
import java.util.List;

/**
 * The result of a batch on an engine.
 *
 * @param out the output rows
 */
public record BatchResult(List<ScriptRow> out, Metrics metrics) {

    /**
     * The engine's metrics of a batch; see {@link Trace.Event}.
     *
     * @param batch the id of the engine's last batch; no-data batches count, too
     * @param millis the processing time in milliseconds
     */
    public record Metrics(long batch, Instant watermark, long state, long dropped, long millis) {

        public static final Metrics NONE = new Metrics(-1, null, 0, 0, 0);

        /** The metrics of an answer that is not a query: only its processing time. */
        static Metrics lasting(long millis) {
            return new Metrics(-1, null, 0, 0, millis);
        }
    }
}
