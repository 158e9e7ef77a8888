package workbook.check;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * What a query made of the rows it was fed.
 *
 * @param out what it put out
 * @param figures what it says of itself
 */
record Outcome(List<Row> out, Figures figures) {

    /**
     * @param batch the last batch of Spark's own count; those without data count too
     * @param watermark see {@link Trace.Event}, as for the rest
     */
    record Figures(long batch, Instant watermark, long state, long dropped, long millis) {

        static final Figures NONE = new Figures(-1, null, 0, 0, 0);

        /** Of an answer that is no query, and only takes its time. */
        static Figures lasting(long millis) {
            return new Figures(-1, null, 0, 0, millis);
        }

        /** The figures of the batches after these; the watermark is not among what a query says there. */
        Figures next(List<StreamingQueryProgress> progress, Instant watermark) {
            if (progress.isEmpty()) {
                return new Figures(batch, watermark, state, 0, 0);
            }
            StreamingQueryProgress last = progress.get(progress.size() - 1);
            return new Figures(last.batchId(), watermark, state(last),
                    progress.stream().mapToLong(Figures::dropped).sum(),
                    progress.stream().mapToLong(Figures::millis).sum());
        }

        private static long state(StreamingQueryProgress progress) {
            return Arrays.stream(progress.stateOperators()).mapToLong(operator -> operator.numRowsTotal()).sum();
        }

        private static long dropped(StreamingQueryProgress progress) {
            return Arrays.stream(progress.stateOperators())
                    .mapToLong(operator -> operator.numRowsDroppedByWatermark()).sum();
        }

        private static long millis(StreamingQueryProgress progress) {
            return progress.durationMs().getOrDefault("triggerExecution", 0L);
        }
    }
}
