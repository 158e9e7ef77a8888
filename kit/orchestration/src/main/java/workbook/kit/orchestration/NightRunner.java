package workbook.kit.orchestration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Plays runs of a DAG, as Airflow's scheduler would start them, on a clock that does not wait. The same input gives the same night. */
public final class NightRunner {

    private final Dag dag;
    private final Work work;
    private final Timeline timeline = new Timeline();
    private final List<DagRun> created = new ArrayList<>();
    private final List<Night.Change> changes = new ArrayList<>();
    private final List<Night.MissedDeadline> missed = new ArrayList<>();

    private NightRunner(Dag dag, Work work) {
        this.dag = dag;
        this.work = work;
    }

    /**
     * Plays until nothing can happen any more. A run that waits forever, such as for the run before, is then still running.
     *
     * @throws IllegalArgumentException if a branch chooses a task that the DAG does not have
     */
    public static Night play(Dag dag, Work work, List<Run> runs) {
        NightRunner runner = new NightRunner(dag, work);
        runs.forEach(run -> runner.timeline.at(run.runAfter(), () -> runner.create(run)));
        while (runner.timeline.advance()) {
            runner.schedule();
        }
        return new Night(
                List.copyOf(runner.changes),
                List.copyOf(runner.missed),
                runner.created.stream().map(DagRun::result).toList());
    }

    private void create(Run run) {
        DagRun created = new DagRun(dag, run, work, timeline, changes::add);
        this.created.add(created);
        this.created.sort(Comparator.comparing(each -> each.run().logicalDate()));
        if (dag.deadline() != null) {
            timeline.at(dag.deadline().of(run, timeline.now()), () -> {
                if (!created.isFinished()) {
                    missed.add(new Night.MissedDeadline(timeline.now(), run));
                }
            });
        }
    }

    /** What a run does may let another one start, so this ends when nothing has changed. */
    private void schedule() {
        int before;
        do {
            before = changes.size();
            DagRun past = null;
            for (DagRun run : created) {
                if (run.state() == RunState.QUEUED && active() < dag.maxActiveRuns()) {
                    run.start();
                }
                if (run.state() == RunState.RUNNING) {
                    run.schedule(past);
                }
                past = run;
            }
        } while (changes.size() > before);
    }

    private long active() {
        return created.stream().filter(run -> run.state() == RunState.RUNNING).count();
    }
}
