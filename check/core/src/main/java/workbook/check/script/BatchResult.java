package workbook.check.script;

import java.time.Instant;
import java.util.List;

/**
 * What an engine made of the rows it was fed.
 *
 * @param out what it put out
 * @param metrics what it says of itself
 */
public record BatchResult(List<ScriptRow> out, Metrics metrics) {

    /**
     * @param batch the last batch of the engine's own count; those without data count too
     * @param watermark see {@link Trace.Event}, as for the rest
     * @param millis how long the engine worked on it, in milliseconds
     */
    public record Metrics(long batch, Instant watermark, long state, long dropped, long millis) {

        public static final Metrics NONE = new Metrics(-1, null, 0, 0, 0);

        /** Of an answer that is no query, and only takes its time. */
        static Metrics lasting(long millis) {
            return new Metrics(-1, null, 0, 0, millis);
        }
    }
}
