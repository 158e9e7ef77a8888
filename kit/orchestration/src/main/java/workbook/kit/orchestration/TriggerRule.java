package workbook.kit.orchestration;

import java.util.Locale;

/**
 * Decides from the states of the direct upstream tasks whether a task runs. The decisions are those of
 * <a href="https://github.com/apache/airflow/blob/main/airflow-core/src/airflow/ti_deps/deps/trigger_rule_dep.py">Airflow 3</a>, without
 * its rule for teardown tasks.
 */
public enum TriggerRule {
    ALL_SUCCESS,
    ALL_FAILED,
    ALL_DONE,
    ALL_DONE_MIN_ONE_SUCCESS,
    ALL_SKIPPED,
    ONE_SUCCESS,
    ONE_FAILED,
    ONE_DONE,
    NONE_FAILED,
    NONE_FAILED_MIN_ONE_SUCCESS,
    NONE_SKIPPED,
    ALWAYS;

    /** @return {@code SCHEDULED}, {@code SKIPPED} or {@code UPSTREAM_FAILED}; {@code NONE} as long as the rule waits */
    public TaskState decide(Upstream upstream) {
        return upstream.all() == 0 ? TaskState.SCHEDULED : decision(upstream);
    }

    private TaskState decision(Upstream up) {
        return switch (this) {
            case ALWAYS -> TaskState.SCHEDULED;
            case ALL_SUCCESS ->
                up.hasFailures()
                        ? TaskState.UPSTREAM_FAILED
                        : up.skipped() > 0 ? TaskState.SKIPPED : runIf(up.areDone());
            case ALL_FAILED -> up.success() + up.skipped() > 0 ? TaskState.SKIPPED : runIf(up.areDone());
            case ALL_DONE -> runIf(up.areDone());
            case ALL_DONE_MIN_ONE_SUCCESS ->
                up.skipped() > 0
                        ? TaskState.SKIPPED
                        : runOr(TaskState.UPSTREAM_FAILED, up, up.areDone() && up.success() > 0);
            case ALL_SKIPPED -> up.success() > 0 || up.hasFailures() ? TaskState.SKIPPED : runIf(up.areDone());
            case ONE_SUCCESS ->
                runOr(up.skipped() == up.all() ? TaskState.SKIPPED : TaskState.UPSTREAM_FAILED, up, up.success() > 0);
            case ONE_FAILED -> runOr(TaskState.SKIPPED, up, up.hasFailures());
            case ONE_DONE -> runOr(TaskState.SKIPPED, up, up.success() + up.failed() > 0);
            case NONE_FAILED -> up.hasFailures() ? TaskState.UPSTREAM_FAILED : runIf(up.areDone());
            case NONE_FAILED_MIN_ONE_SUCCESS ->
                up.hasFailures()
                        ? TaskState.UPSTREAM_FAILED
                        : runOr(TaskState.SKIPPED, up, up.areDone() && up.success() > 0);
            case NONE_SKIPPED -> up.skipped() > 0 ? TaskState.SKIPPED : runIf(up.areDone());
        };
    }

    private static TaskState runIf(boolean isMet) {
        return isMet ? TaskState.SCHEDULED : TaskState.NONE;
    }

    private static TaskState runOr(TaskState otherwise, Upstream up, boolean isMet) {
        return !isMet && up.areDone() ? otherwise : runIf(isMet);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
