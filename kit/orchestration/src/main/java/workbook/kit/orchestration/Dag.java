package workbook.kit.orchestration;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tasks and what they depend on.
 *
 * @param tasks each after its upstream tasks
 * @param runTimeout bounds a run; null for no bound
 * @param maxActiveRuns how many runs may be running at a time
 * @param maxActiveTasks how many tasks of a run may be running at a time
 * @param deadline null for none
 */
public record Dag(List<Task> tasks, Duration runTimeout, int maxActiveRuns, int maxActiveTasks, Deadline deadline) {

    /** @throws IllegalArgumentException if two tasks have the same id, or a task is listed before one of its upstream tasks */
    public Dag {
        tasks = List.copyOf(tasks);
        Set<String> known = new HashSet<>();
        for (Task task : tasks) {
            for (String upstream : task.upstream()) {
                if (!known.contains(upstream)) {
                    throw new IllegalArgumentException("Task \"" + task.id() + "\" depends on \"" + upstream
                            + "\", and no task with this id is listed before it.");
                }
            }
            if (!known.add(task.id())) {
                throw new IllegalArgumentException("Two tasks have the id \"" + task.id() + "\".");
            }
        }
    }

    /** A DAG with Airflow's defaults: 16 runs and 16 tasks at a time, no timeout, no deadline. */
    public static Dag of(Task... tasks) {
        return of(List.of(tasks));
    }

    public static Dag of(List<Task> tasks) {
        return new Dag(tasks, null, 16, 16, null);
    }

    public Dag within(Duration runTimeout) {
        return new Dag(tasks, runTimeout, maxActiveRuns, maxActiveTasks, deadline);
    }

    public Dag withActiveRuns(int max) {
        return new Dag(tasks, runTimeout, max, maxActiveTasks, deadline);
    }

    public Dag withActiveTasks(int max) {
        return new Dag(tasks, runTimeout, maxActiveRuns, max, deadline);
    }

    public Dag with(Deadline deadline) {
        return new Dag(tasks, runTimeout, maxActiveRuns, maxActiveTasks, deadline);
    }

    /** The ids of the tasks that directly depend on this one. */
    Set<String> downstream(String id) {
        Set<String> found = new LinkedHashSet<>();
        tasks.stream().filter(task -> task.upstream().contains(id)).forEach(task -> found.add(task.id()));
        return found;
    }

    /** The ids of all tasks that depend on one of these, directly or not. */
    Set<String> allDownstream(Set<String> ids) {
        Set<String> found = new LinkedHashSet<>();
        for (Task task : tasks) {
            if (task.upstream().stream().anyMatch(each -> ids.contains(each) || found.contains(each))) {
                found.add(task.id());
            }
        }
        return found;
    }

    /** The ids of the tasks that nothing depends on. */
    List<String> leaves() {
        return tasks.stream()
                .map(Task::id)
                .filter(id -> downstream(id).isEmpty())
                .toList();
    }
}
