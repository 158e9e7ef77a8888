package workbook.kit.orchestration;

import java.time.Duration;
import java.time.Instant;

/**
 * When a run should be finished. It is computed when the run is created, and an alert is sent at that moment if the run is not finished.
 * The run goes on.
 */
public record Deadline(Reference reference, Duration interval) {

    /** What the interval begins with. */
    public enum Reference {
        /** The moment at which the run was created. */
        QUEUED_AT,
        LOGICAL_DATE
    }

    Instant of(Run run, Instant queuedAt) {
        return (reference == Reference.QUEUED_AT ? queuedAt : run.logicalDate()).plus(interval);
    }
}
