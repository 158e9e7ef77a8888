package workbook.capstone;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.monitoring.Rate;
import workbook.capstone.monitoring.Snapshot;

/** What the live page shows of a pipeline in this JVM. To be asked once a second, by one thread. */
final class PipelineFigures implements Supplier<Snapshot> {

    private static final int REASONS_SHOWN = 12;

    private final Pipeline pipeline;
    private final Rate scored;

    PipelineFigures(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.scored = new Rate(pipeline.outcomes()::scored);
    }

    @Override
    public Snapshot get() {
        Outcomes outcomes = pipeline.outcomes();
        return new Snapshot(Instant.now(), pipeline.produced(), outcomes.scored(), outcomes.refused(), outcomes.alerts(),
                // A score can be here before the broker's word to the producer is.
                Math.max(0, pipeline.lag()), scored.perSecond(), outcomes.toScore().lastSeconds(),
                outcomes.toBroker().lastSeconds(), outcomes.newestEvent(), pipeline.queries(), outcomes.newestAlerts(),
                refusals(outcomes.refusalsByReason()));
    }

    /** Reasons quote records, so there may be any number of them: the rest is one. */
    private static List<Snapshot.Refusal> refusals(Map<String, Long> byReason) {
        List<Snapshot.Refusal> all = byReason.entrySet().stream()
                .map(reason -> new Snapshot.Refusal(reason.getKey(), reason.getValue()))
                .sorted(Comparator.comparingLong(Snapshot.Refusal::count).reversed())
                .toList();
        if (all.size() <= REASONS_SHOWN) {
            return all;
        }
        long rest = all.stream().skip(REASONS_SHOWN).mapToLong(Snapshot.Refusal::count).sum();
        return Stream.concat(all.stream().limit(REASONS_SHOWN), Stream.of(new Snapshot.Refusal("other reasons", rest)))
                .toList();
    }
}
