package workbook.kit.orchestration;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The state of a task instance, with Airflow's names. Airflow has more, such as {@code queued}, {@code deferred} and {@code removed}. */
public enum TaskState {
    /** Not decided yet: the trigger rule still waits for upstream tasks. */
    NONE,
    /** May run as soon as there is a free slot. */
    SCHEDULED,
    RUNNING,
    /** Has failed and will be tried again. */
    UP_FOR_RETRY,
    /** A sensor that has given its slot back until its next poke. */
    UP_FOR_RESCHEDULE,
    SUCCESS,
    FAILED,
    SKIPPED,
    /** Was not tried, because an upstream task failed. */
    UPSTREAM_FAILED;

    private static final Set<TaskState> FINISHED = EnumSet.of(SUCCESS, FAILED, SKIPPED, UPSTREAM_FAILED);
    private static final Set<TaskState> FAILURES = EnumSet.of(FAILED, UPSTREAM_FAILED);

    public boolean isFinished() {
        return FINISHED.contains(this);
    }

    public boolean isFailure() {
        return FAILURES.contains(this);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
