package workbook.capstone;

import java.util.function.Supplier;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.monitoring.Rate;

/** Supplies the message of the progress line: rate since the last call, latency so far, alerts, lag. */
final class ProgressMessage implements Supplier<String> {

    private final Pipeline pipeline;
    private final Rate scored;

    ProgressMessage(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.scored = new Rate(pipeline.outcomes()::scored);
    }

    @Override
    public String get() {
        Outcomes outcomes = pipeline.outcomes();
        return String.format(
                "%4.0f/s  p50 %.1f  p99 %.1f ms  %d alerts  lag %d",
                scored.perSecond(),
                outcomes.toScore().percentile(50),
                outcomes.toScore().percentile(99),
                outcomes.alerts(),
                pipeline.lag());
    }
}
