package workbook.capstone;

import java.time.Instant;
import java.util.function.Supplier;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.monitoring.Rate;
import workbook.capstone.monitoring.Snapshot;

/** What the live page shows of a pipeline in this JVM. To be asked once a second, by one thread. */
final class PipelineSnapshots implements Supplier<Snapshot> {

    private final Pipeline pipeline;
    private final Rate scored;

    PipelineSnapshots(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.scored = new Rate(pipeline.outcomes()::scored);
    }

    @Override
    public Snapshot get() {
        Outcomes outcomes = pipeline.outcomes();
        return new Snapshot(
                Instant.now(),
                pipeline.produced(),
                outcomes.scored(),
                outcomes.refused(),
                outcomes.alerts(),
                // A score can be here before the broker's word to the producer is.
                Math.max(0, pipeline.lag()),
                scored.perSecond(),
                outcomes.toScore().recent(),
                outcomes.toBroker().recent(),
                outcomes.newestEvent(),
                pipeline.queries(),
                outcomes.newestAlerts(),
                Snapshot.Refusal.mostFrequent(outcomes.refusalsByReason()));
    }
}
