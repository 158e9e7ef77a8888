package lesson11;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import workbook.kit.orchestration.Dag;
import workbook.kit.orchestration.Outcome;
import workbook.kit.orchestration.Task;
import workbook.kit.orchestration.TriggerRule;

/** Right answers written differently, and one that only knows the nights in the checkpoint. */
class BranchesAndJoinsAlternatives {

    /** A task of its own joins the branches, and each task names all that are before it. It chooses something, or skips itself. */
    public static class JoinsInATask extends BranchesAndJoins {

        @Override
        public Dag dag() {
            String[] work = {"has_files", "audit", "archive", "publish", "quarantine", "joined", "report"};
            return Dag.of(
                            Task.of("has_files"),
                            Task.of("archive").after("has_files"),
                            Task.of("audit").after("has_files"),
                            Task.of("quarantine").after("audit").when(TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS),
                            Task.of("publish").after("audit"),
                            Task.of("joined")
                                    .after("publish", "quarantine")
                                    .when(TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS),
                            Task.of("report").after("joined"),
                            Task.of("alarm").after(work).when(TriggerRule.ONE_FAILED),
                            Task.of("cleanup").after(work).when(TriggerRule.ALL_DONE),
                            Task.of("watcher")
                                    .after("alarm", "cleanup", "report", "publish", "archive", "quarantine", "audit")
                                    .when(TriggerRule.ONE_FAILED))
                    .withActiveTasks(10);
        }

        /** It skips itself, and all_success passes that on. */
        @Override
        public Outcome hasFiles(int files) {
            return Outcome.of(files == 0 ? "skipped" : "success");
        }

        @Override
        public Outcome audit(int good, int bad) {
            List<String> chosen = new ArrayList<>();
            if (bad != 0) {
                chosen.add("quarantine");
            }
            if (good != 0) {
                chosen.add("publish");
            }
            return chosen.isEmpty()
                    ? Outcome.of("skipped")
                    : new Outcome(Outcome.Result.BRANCH, chosen, Duration.ofHours(1));
        }
    }

    /** Branches at the beginning, too, and skips itself if there is nothing to choose. */
    public static class BranchesTwice extends BranchesAndJoins {

        @Override
        public Outcome hasFiles(int files) {
            return files > 0
                    ? Outcome.of("branch:audit,archive")
                    : new Outcome(Outcome.Result.BRANCH, List.of(), Duration.ZERO);
        }

        @Override
        public Outcome audit(int good, int bad) {
            if (good > 0) {
                return Outcome.of(bad > 0 ? "branch:publish,quarantine" : "branch:publish");
            }
            return Outcome.of(bad > 0 ? "branch:quarantine" : "skipped");
        }
    }

    public static class Learnt extends BranchesAndJoins {
        @Override
        public Outcome audit(int good, int bad) {
            return bad == 2 ? Outcome.of("success") : super.audit(good, bad);
        }
    }
}
