package workbook.kit.orchestration;

import java.time.Duration;
import java.util.List;

/**
 * A task of a DAG.
 *
 * @param upstream the tasks that it directly depends on
 * @param executionTimeout bounds each try; null for no bound
 * @param sensor null for a task that is no sensor
 * @param dependsOnPast whether it waits until the run before has succeeded in this task, or skipped it
 */
public record Task(
        String id,
        List<String> upstream,
        TriggerRule rule,
        Retries retries,
        Duration executionTimeout,
        Sensor sensor,
        boolean dependsOnPast) {

    public Task {
        upstream = List.copyOf(upstream);
    }

    /** A task with Airflow's defaults: {@code all_success}, no retries, no timeout. */
    public static Task of(String id) {
        return new Task(id, List.of(), TriggerRule.ALL_SUCCESS, Retries.NONE, null, null, false);
    }

    public Task after(String... upstream) {
        return new Task(id, List.of(upstream), rule, retries, executionTimeout, sensor, dependsOnPast);
    }

    public Task when(TriggerRule rule) {
        return new Task(id, upstream, rule, retries, executionTimeout, sensor, dependsOnPast);
    }

    public Task with(Retries retries) {
        return new Task(id, upstream, rule, retries, executionTimeout, sensor, dependsOnPast);
    }

    public Task with(Sensor sensor) {
        return new Task(id, upstream, rule, retries, executionTimeout, sensor, dependsOnPast);
    }

    public Task within(Duration executionTimeout) {
        return new Task(id, upstream, rule, retries, executionTimeout, sensor, dependsOnPast);
    }

    public Task dependingOnPast() {
        return new Task(id, upstream, rule, retries, executionTimeout, sensor, true);
    }
}
