package workbook.kit.orchestration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happened, in the order of time. */
public record Night(List<Change> changes, List<MissedDeadline> missed, List<Result> results) {

    /** @param number the number of the try, from 1; 0 before the first */
    public record Change(Instant at, Run run, String task, int number, TaskState state) {}

    public record MissedDeadline(Instant at, Run run) {}

    /**
     * How a run ended.
     *
     * @param start null if it has not started
     * @param end null if it has not ended
     * @param states the state of each task, in the order of the DAG
     * @param tries how often each task was started, not counting the pokes of a sensor
     */
    public record Result(
            Run run,
            RunState state,
            Instant start,
            Instant end,
            Map<String, TaskState> states,
            Map<String, Integer> tries) {}
}
