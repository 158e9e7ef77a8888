package workbook.kit.orchestration;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A run in progress. */
final class DagRun {

    private static final class Instance {
        private TaskState state = TaskState.NONE;
        private int tries;
        private int starts;
        private Instant firstPoke;
        private boolean isRescheduled;
    }

    private final Dag dag;
    private final Run run;
    private final Work work;
    private final Timeline timeline;
    private final Consumer<Night.Change> changes;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private RunState state = RunState.QUEUED;
    private Instant start;
    private Instant end;

    DagRun(Dag dag, Run run, Work work, Timeline timeline, Consumer<Night.Change> changes) {
        this.dag = dag;
        this.run = run;
        this.work = work;
        this.timeline = timeline;
        this.changes = changes;
        dag.tasks().forEach(task -> instances.put(task.id(), new Instance()));
    }

    Run run() {
        return run;
    }

    RunState state() {
        return state;
    }

    boolean isFinished() {
        return state == RunState.SUCCESS || state == RunState.FAILED;
    }

    void start() {
        state = RunState.RUNNING;
        start = timeline.now();
        if (dag.runTimeout() != null) {
            timeline.after(dag.runTimeout(), this::timeOut);
        }
    }

    /** What is not finished is skipped, and the run has failed. */
    private void timeOut() {
        if (!isFinished()) {
            dag.tasks().stream()
                    .filter(task -> !instances.get(task.id()).state.isFinished())
                    .forEach(task -> become(task.id(), TaskState.SKIPPED));
            end(RunState.FAILED);
        }
    }

    /**
     * Decides about tasks that wait, and starts those that may run.
     *
     * @param past the run before; null for none
     */
    void schedule(DagRun past) {
        for (Task task : dag.tasks()) {
            Instance instance = instances.get(task.id());
            TaskState decision = instance.state == TaskState.NONE ? decide(task) : TaskState.NONE;
            if (decision != TaskState.NONE && (decision != TaskState.SCHEDULED || isPastDone(task, past))) {
                become(task.id(), decision);
            }
            if (instance.state == TaskState.SCHEDULED && running() < dag.maxActiveTasks()) {
                start(task, instance);
            }
        }
        if (instances.values().stream().allMatch(instance -> instance.state.isFinished())) {
            boolean hasFailed = dag.leaves().stream()
                    .anyMatch(leaf -> instances.get(leaf).state.isFailure());
            end(hasFailed ? RunState.FAILED : RunState.SUCCESS);
        }
    }

    private TaskState decide(Task task) {
        List<TaskState> upstream =
                task.upstream().stream().map(id -> instances.get(id).state).toList();
        return task.rule().decide(Upstream.of(upstream));
    }

    private static boolean isPastDone(Task task, DagRun past) {
        if (!task.dependsOnPast() || past == null) {
            return true;
        }
        TaskState before = past.instances.get(task.id()).state;
        return before == TaskState.SUCCESS || before == TaskState.SKIPPED;
    }

    private long running() {
        return instances.values().stream()
                .filter(instance -> instance.state == TaskState.RUNNING)
                .count();
    }

    private void start(Task task, Instance instance) {
        if (!instance.isRescheduled) {
            instance.tries++;
        }
        instance.starts++;
        become(task.id(), TaskState.RUNNING);
        Outcome outcome = work.attempt(task.id(), run, instance.tries);
        if (task.sensor() == null) {
            ifStillRunning(outcome.takes(), instance, () -> end(task, outcome));
        } else {
            boolean goesOn = instance.firstPoke != null && task.sensor().mode() == Sensor.Mode.RESCHEDULE;
            instance.firstPoke = goesOn ? instance.firstPoke : timeline.now();
            instance.isRescheduled = false;
            poke(task, instance, outcome);
        }
        if (task.executionTimeout() != null) {
            ifStillRunning(task.executionTimeout(), instance, () -> end(task, Outcome.of("failed")));
        }
    }

    /** Later, unless the task has ended or was started again by then. */
    private void ifStillRunning(Duration delay, Instance instance, Runnable action) {
        int starts = instance.starts;
        timeline.after(delay, () -> {
            if (instance.state == TaskState.RUNNING && instance.starts == starts) {
                action.run();
            }
        });
    }

    private void poke(Task task, Instance instance, Outcome outcome) {
        Sensor sensor = task.sensor();
        Duration waited = Duration.between(instance.firstPoke, timeline.now());
        if (waited.compareTo(outcome.takes()) >= 0) {
            end(task, outcome);
        } else if (waited.compareTo(sensor.timeout()) > 0) {
            end(task, Outcome.of(sensor.isSoft() ? "skipped" : "failed_for_good"));
        } else if (sensor.mode() == Sensor.Mode.POKE) {
            ifStillRunning(sensor.pokeInterval(), instance, () -> poke(task, instance, outcome));
        } else {
            instance.isRescheduled = true;
            pause(task, TaskState.UP_FOR_RESCHEDULE, sensor.pokeInterval());
        }
    }

    private void end(Task task, Outcome outcome) {
        Instance instance = instances.get(task.id());
        Set<String> next = dag.downstream(task.id());
        switch (outcome.result()) {
            case SUCCESS -> succeed(task, Set.of());
            case BRANCH -> succeed(task, notChosen(next, Set.copyOf(outcome.branches())));
            case SHORT_CIRCUIT -> succeed(task, dag.allDownstream(Set.of(task.id())));
            case SHORT_CIRCUIT_DIRECT -> succeed(task, next);
            case SKIPPED -> become(task.id(), TaskState.SKIPPED);
            case FAILED_FOR_GOOD -> become(task.id(), TaskState.FAILED);
            case FAILED -> {
                if (instance.tries > task.retries().count()) {
                    become(task.id(), TaskState.FAILED);
                } else {
                    pause(task, TaskState.UP_FOR_RETRY, task.retries().delayAfter(instance.tries));
                }
            }
        }
    }

    /** What a branch skips: not what is also downstream of a task that it has chosen. */
    private Set<String> notChosen(Set<String> next, Set<String> chosen) {
        chosen.stream().filter(id -> !instances.containsKey(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException("A branch has chosen \"" + id + "\", and no task has this id.");
        });
        Set<String> skipped = new LinkedHashSet<>(next);
        skipped.removeAll(chosen);
        skipped.removeAll(dag.allDownstream(chosen));
        return skipped;
    }

    private void succeed(Task task, Set<String> skipped) {
        become(task.id(), TaskState.SUCCESS);
        skipped.stream()
                .filter(id -> instances.get(id).state == TaskState.NONE)
                .forEach(id -> become(id, TaskState.SKIPPED));
    }

    private void pause(Task task, TaskState pausing, Duration delay) {
        become(task.id(), pausing);
        timeline.after(delay, () -> {
            if (instances.get(task.id()).state == pausing) {
                become(task.id(), TaskState.SCHEDULED);
            }
        });
    }

    private void become(String task, TaskState next) {
        Instance instance = instances.get(task);
        instance.state = next;
        changes.accept(new Night.Change(timeline.now(), run, task, instance.tries, next));
    }

    private void end(RunState result) {
        state = result;
        end = timeline.now();
    }

    Night.Result result() {
        Map<String, TaskState> states = new LinkedHashMap<>();
        Map<String, Integer> tries = new LinkedHashMap<>();
        instances.forEach((id, instance) -> {
            states.put(id, instance.state);
            tries.put(id, instance.tries);
        });
        return new Night.Result(run, state, start, end, states, tries);
    }
}
