package lesson11;

import java.util.ArrayList;
import java.util.List;
import workbook.kit.orchestration.Dag;
import workbook.kit.orchestration.Outcome;
import workbook.kit.orchestration.Task;
import workbook.kit.orchestration.TriggerRule;

/**
 * A rule looks at direct upstream tasks only, so each task names those that it cares about. {@code report} takes a skipped task for
 * done, and needs one that has succeeded. {@code alarm} fires at the first failure, {@code cleanup} waits for all.
 *
 * <p>No task has an edge from {@code has_files} or {@code audit} unless it is one to choose. A branch skips each direct downstream task
 * that it has not chosen, whatever its rule. If one of the two fails, the tasks behind it are {@code upstream_failed} at the same moment,
 * and {@code alarm} sees that.
 *
 * <p>The leaves decide about the run. Without {@code watcher} these would be {@code alarm} and {@code cleanup} alone, which run
 * after failures and succeed.
 *
 * <p>{@code has_files} skips what is directly downstream and leaves the rest to the rules. Otherwise {@code cleanup} would be skipped, too.
 */
public class BranchesAndJoins {

    public Dag dag() {
        return Dag.of(
                Task.of("has_files"),
                Task.of("audit").after("has_files"),
                Task.of("archive").after("has_files"),
                Task.of("publish").after("audit"),
                Task.of("quarantine").after("audit"),
                report(),
                alarm(),
                cleanup(),
                watcher());
    }

    Task report() {
        return Task.of("report").after("publish", "quarantine").when(TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS);
    }

    Task alarm() {
        return Task.of("alarm")
                .after("archive", "publish", "quarantine", "report")
                .when(TriggerRule.ONE_FAILED);
    }

    Task cleanup() {
        return Task.of("cleanup").after("archive", "report").when(TriggerRule.ALL_DONE);
    }

    Task watcher() {
        return Task.of("watcher")
                .after("archive", "publish", "quarantine", "report")
                .when(TriggerRule.ONE_FAILED);
    }

    public Outcome hasFiles(int files) {
        return Outcome.of(files > 0 ? "success" : "short_circuit_direct");
    }

    public Outcome audit(int good, int bad) {
        List<String> chosen = new ArrayList<>();
        if (good > 0) {
            chosen.add("publish");
        }
        if (bad > 0) {
            chosen.add("quarantine");
        }
        return Outcome.of("branch:" + String.join(",", chosen));
    }
}
