package workbook.kit.orchestration;

import java.util.Collection;

/**
 * How many of a task's direct upstream tasks are in which state.
 *
 * @param all those that are not finished are in this number only
 */
public record Upstream(int all, int success, int failed, int upstreamFailed, int skipped) {

    public static Upstream of(Collection<TaskState> states) {
        return new Upstream(
                states.size(),
                count(states, TaskState.SUCCESS),
                count(states, TaskState.FAILED),
                count(states, TaskState.UPSTREAM_FAILED),
                count(states, TaskState.SKIPPED));
    }

    private static int count(Collection<TaskState> states, TaskState wanted) {
        return (int) states.stream().filter(state -> state == wanted).count();
    }

    boolean areDone() {
        return success + failed + upstreamFailed + skipped == all;
    }

    boolean hasFailures() {
        return failed + upstreamFailed > 0;
    }
}
