package workbook.capstone;

import java.time.Instant;
import java.util.function.Supplier;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.monitoring.Rate;
import workbook.capstone.monitoring.Snapshot;

/** Supplies the live page with snapshots of a pipeline in this JVM. One thread calls it, once a second. */
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
                // A score can arrive before the broker's acknowledgement to the producer.
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
