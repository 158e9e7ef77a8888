package lesson11;

import java.util.stream.Stream;
import workbook.check.diagnose.Misconception;
import workbook.kit.orchestration.Dag;
import workbook.kit.orchestration.Outcome;
import workbook.kit.orchestration.Task;
import workbook.kit.orchestration.TriggerRule;

/** Wrong answers to {@link BranchesAndJoins} that people give. */
public final class BranchesAndJoinsMisconceptions {

    private BranchesAndJoinsMisconceptions() {}

    @Misconception(
            believed = "A task after two branches runs when the chosen one is done.",
            really =
                    "The default rule is all_success, and the branch that was not chosen is skipped. Skipped is not success, so the join"
                            + " is skipped, too, and everything after it.",
            concept = "Trigger rules")
    public static class JoinsByDefault extends BranchesAndJoins {
        @Override
        Task report() {
            return super.report().when(TriggerRule.ALL_SUCCESS);
        }
    }

    @Misconception(
            believed = "all_done is the rule for a join.",
            really =
                    "It means that everything has ended, also by a failure. The report then says that a night went well in which"
                            + " publishing has crashed.",
            concept = "Trigger rules")
    public static class ReportsAfterACrash extends BranchesAndJoins {
        @Override
        Task report() {
            return super.report().when(TriggerRule.ALL_DONE);
        }
    }

    @Misconception(
            believed = "One success is enough for a join: the other branch is skipped anyway.",
            really =
                    "A branch may choose both. The rule one_success does not wait for the second one, and does not see that it fails.",
            concept = "Trigger rules")
    public static class ReportsAtTheFirstSuccess extends BranchesAndJoins {
        @Override
        Task report() {
            return super.report().when(TriggerRule.ONE_SUCCESS);
        }
    }

    @Misconception(
            believed = "none_failed is what a join needs.",
            really =
                    "It also runs if everything before it was skipped, and reports about nothing. none_failed_min_one_success wants"
                            + " one success.",
            concept = "Trigger rules")
    public static class ReportsAboutNothing extends BranchesAndJoins {
        @Override
        Task report() {
            return super.report().when(TriggerRule.NONE_FAILED);
        }
    }

    @Misconception(
            believed =
                    "A report that must not fail because of the archive has nothing to do with it, so their order does not matter.",
            really =
                    "An upstream task is waited for, and its failure counts. What a task does not care about must not be upstream of it.",
            concept = "Trigger rules")
    public static class ReportsAfterTheArchive extends BranchesAndJoins {
        @Override
        Task report() {
            return Task.of("report")
                    .after("archive", "publish", "quarantine")
                    .when(TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS);
        }
    }

    @Misconception(
            believed = "all_failed is the rule of an alarm: it runs if all goes wrong.",
            really = "It needs every upstream task to fail. With one success among them the alarm is skipped.",
            concept = "Trigger rules")
    public static class WaitsForAllToFail extends BranchesAndJoins {
        @Override
        Task alarm() {
            return super.alarm().when(TriggerRule.ALL_FAILED);
        }
    }

    @Misconception(
            believed = "A failure passes on to the end, so an alarm watches the last task.",
            really =
                    "It passes on along the edges, if the rules on the way let it. What fails beside that way, such as an archive, is not"
                            + " seen.",
            concept = "Trigger rules")
    public static class WatchesTheLastTask extends BranchesAndJoins {
        @Override
        Task alarm() {
            return Task.of("alarm").after("report").when(TriggerRule.ONE_FAILED);
        }
    }

    @Misconception(
            believed = "An alarm comes when everything is over, if something has failed.",
            really =
                    "Behind a task that waits for all, that task is the only one it looks at, and cleaning up succeeds. The rule"
                            + " one_failed is for all tasks directly, and fires at the first failure.",
            concept = "Trigger rules")
    public static class WatchesTheCleanup extends BranchesAndJoins {
        @Override
        public Dag dag() {
            return Dag.of(Stream.concat(
                            super.dag().tasks().stream()
                                    .filter(task -> !task.id().equals("alarm")
                                            && !task.id().equals("watcher")),
                            Stream.of(Task.of("alarm").after("cleanup").when(TriggerRule.ONE_FAILED), watcher()))
                    .toList());
        }
    }

    @Misconception(
            believed = "all_done is the rule of what comes at the end, such as an alarm.",
            really = "It runs whether something has failed or not: somebody is woken every night, and late.",
            concept = "Trigger rules")
    public static class WakesSomebodyEveryNight extends BranchesAndJoins {
        @Override
        Task alarm() {
            return super.alarm().when(TriggerRule.ALL_DONE);
        }
    }

    @Misconception(
            believed = "always means: in each case, at the end.",
            really =
                    "It means without looking at upstream tasks, so it does not wait for them either. The temporary files are deleted"
                            + " while the others work with them.",
            concept = "Trigger rules")
    public static class CleansUpAtOnce extends BranchesAndJoins {
        @Override
        Task cleanup() {
            return super.cleanup().when(TriggerRule.ALWAYS);
        }
    }

    @Misconception(
            believed = "The last task runs at the end.",
            really =
                    "With all_success it runs at the end of a good night. After a failure its state is upstream_failed.",
            concept = "Trigger rules")
    public static class CleansUpAfterGoodNights extends BranchesAndJoins {
        @Override
        Task cleanup() {
            return super.cleanup().when(TriggerRule.ALL_SUCCESS);
        }
    }

    @Misconception(
            believed = "Cleaning up after the last task is cleaning up after all.",
            really =
                    "Only after those that the last one waits for. A task beside them, such as the archive, may still read the files.",
            concept = "Trigger rules")
    public static class CleansUpBesideTheArchive extends BranchesAndJoins {
        @Override
        Task cleanup() {
            return Task.of("cleanup").after("report").when(TriggerRule.ALL_DONE);
        }
    }

    @Misconception(
            believed = "A run fails if one of its tasks fails.",
            really =
                    "It fails if a leaf has failed, or could not run because of a failure. Leaves that run after failures, and succeed, hide"
                            + " everything before them: the night is green.",
            concept = "Trigger rules")
    public static class WatchesNothing extends BranchesAndJoins {
        @Override
        Task watcher() {
            return super.watcher().when(TriggerRule.ALL_SKIPPED);
        }
    }

    @Misconception(
            believed = "A watcher watches at the end, so it waits for all.",
            really = "With all_done it runs every night, and as it only ever fails, so does every run.",
            concept = "Trigger rules")
    public static class FailsEveryNight extends BranchesAndJoins {
        @Override
        Task watcher() {
            return super.watcher().when(TriggerRule.ALL_DONE);
        }
    }

    @Misconception(
            believed = "A watcher needs an edge from each task that it watches.",
            really =
                    "A branch skips each direct downstream task that it has not chosen, and a short circuit does, too, whatever the rule"
                            + " of that task is. A night without rows then has neither alarm nor watcher. The tasks behind a branch pass"
                            + " its failure on.",
            concept = "Trigger rules")
    public static class WatchesTheBranchItself extends BranchesAndJoins {
        @Override
        Task watcher() {
            return Task.of("watcher")
                    .after("has_files", "audit", "archive", "publish", "quarantine", "report", "alarm", "cleanup")
                    .when(TriggerRule.ONE_FAILED);
        }
    }

    @Misconception(
            believed = "A night without files is a failure.",
            really =
                    "A failure wakes somebody. Nothing to do is skipped: the run succeeds, and what is downstream does not run.",
            concept = "Trigger rules")
    public static class FailsWithoutFiles extends BranchesAndJoins {
        @Override
        public Outcome hasFiles(int files) {
            return Outcome.of(files > 0 ? "success" : "failed");
        }
    }

    @Misconception(
            believed = "A short circuit skips the next task.",
            really =
                    "It skips everything downstream, whatever the rules say, and cleanup with it. Only with"
                            + " ignore_downstream_trigger_rules=False it skips the next tasks, and rules decide about the rest.",
            concept = "Trigger rules")
    public static class SkipsEverything extends BranchesAndJoins {
        @Override
        public Outcome hasFiles(int files) {
            return Outcome.of(files > 0 ? "success" : "short_circuit");
        }
    }

    @Misconception(
            believed = "A branch chooses one of its tasks.",
            really = "It chooses any number of them. If there are good rows and bad ones, one choice loses the others.",
            concept = "Trigger rules")
    public static class ChoosesOne extends BranchesAndJoins {
        @Override
        public Outcome audit(int good, int bad) {
            return super.audit(bad > 0 ? 0 : good, bad);
        }
    }

    @Misconception(
            believed = "Publishing is the normal case, so it is chosen unless there are bad rows.",
            really =
                    "Without any rows, neither is right. A branch may choose nothing, and then everything after it is skipped.",
            concept = "Trigger rules")
    public static class PublishesNothing extends BranchesAndJoins {
        @Override
        public Outcome audit(int good, int bad) {
            return super.audit(bad > 0 ? good : 1, bad);
        }
    }
}
