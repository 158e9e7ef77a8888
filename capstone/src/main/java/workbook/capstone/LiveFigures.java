package workbook.capstone;

import java.util.function.Supplier;
import workbook.capstone.monitoring.Outcomes;

/** The message of the progress line: rate since the last time it was asked for, latency so far, alerts, lag. */
final class LiveFigures implements Supplier<String> {

    private final Pipeline pipeline;
    private long lastScored;
    private long lastTime = System.nanoTime();

    LiveFigures(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.lastScored = pipeline.outcomes().scored();
    }

    @Override
    public String get() {
        Outcomes outcomes = pipeline.outcomes();
        return String.format("%4.0f/s  p50 %.1f  p99 %.1f ms  %d alerts  lag %d", rate(outcomes.scored()),
                outcomes.toScore().percentile(50), outcomes.toScore().percentile(99), outcomes.alerts(), pipeline.lag());
    }

    private double rate(long scored) {
        long now = System.nanoTime();
        double rate = (scored - lastScored) * 1e9 / (now - lastTime);
        lastScored = scored;
        lastTime = now;
        return rate;
    }
}
