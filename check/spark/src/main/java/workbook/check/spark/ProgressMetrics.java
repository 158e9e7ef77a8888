package workbook.check.spark;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import workbook.check.script.BatchResult.Metrics;

/** Converts a query's progress to the metrics of a script. */
final class ProgressMetrics {

    private ProgressMetrics() {}

    /** The metrics after these batches; the watermark is not taken from the progress. */
    static Metrics after(Metrics before, List<StreamingQueryProgress> progress, Instant watermark) {
        if (progress.isEmpty()) {
            return new Metrics(before.batch(), watermark, before.state(), 0, 0);
        }
        StreamingQueryProgress last = progress.get(progress.size() - 1);
        return new Metrics(
                last.batchId(),
                watermark,
                state(last),
                progress.stream().mapToLong(ProgressMetrics::dropped).sum(),
                progress.stream().mapToLong(ProgressMetrics::millis).sum());
    }

    private static long state(StreamingQueryProgress progress) {
        return Arrays.stream(progress.stateOperators())
                .mapToLong(operator -> operator.numRowsTotal())
                .sum();
    }

    private static long dropped(StreamingQueryProgress progress) {
        return Arrays.stream(progress.stateOperators())
                .mapToLong(operator -> operator.numRowsDroppedByWatermark())
                .sum();
    }

    private static long millis(StreamingQueryProgress progress) {
        return progress.durationMs().getOrDefault("triggerExecution", 0L);
    }
}
