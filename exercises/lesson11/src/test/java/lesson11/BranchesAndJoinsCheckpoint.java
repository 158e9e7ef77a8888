package lesson11;

import static workbook.check.script.Script.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.kit.orchestration.Night;
import workbook.kit.orchestration.NightRunner;
import workbook.kit.orchestration.Outcome;
import workbook.kit.orchestration.Run;
import workbook.kit.orchestration.TaskState;
import workbook.kit.orchestration.Work;

/**
 * Each row is a night: how many files and rows there are, and which tasks fail or skip themselves. The output has for each task the minute
 * at which it started, or the state that it has without having run, and the state of the run.
 *
 * <p>{@code archive} takes 30 minutes, so that it ends after all others. {@code publish} takes 10, {@code quarantine} 5, the others 1.
 */
@Checkpoint(BranchesAndJoins.class)
class BranchesAndJoinsCheckpoint {

    private static final String USUALLY = "files 3, good 9, bad 0, failed, skipped";
    private static final List<String> TASKS =
            List.of("audit", "archive", "publish", "quarantine", "report", "alarm", "cleanup");
    private static final Map<String, Integer> MINUTES = Map.of("archive", 30, "publish", 10, "quarantine", 5);

    @Test
    @Order(1)
    void inAGoodNightTheRowsArePublishedAndReported(BranchesAndJoins answer) {
        new Nights().gives("good 9", "1 1 2 skipped 12 skipped 31 success").run(answer);
    }

    @Test
    @Order(2)
    void badRowsAreStoredAndReported(BranchesAndJoins answer) {
        new Nights()
                .gives("good 0, bad 4", "1 1 skipped 2 7 skipped 31 success")
                .gives("good 9, bad 4", "1 1 2 2 12 skipped 31 success")
                .gives("files 1, good 1, bad 1", "1 1 2 2 12 skipped 31 success")
                .run(answer);
    }

    @Test
    @Order(3)
    void theAlarmIsRaisedAtTheFirstFailure(BranchesAndJoins answer) {
        new Nights()
                .gives(
                        "failed has_files",
                        "upstream_failed upstream_failed upstream_failed upstream_failed upstream_failed 1 1 failed")
                .gives("failed audit", "1 1 upstream_failed upstream_failed upstream_failed 2 31 failed")
                .gives("failed archive", "1 1 2 skipped 12 31 31 failed")
                .gives("failed report", "1 1 2 skipped 12 13 31 failed")
                .gives("failed archive report", "1 1 2 skipped 12 13 31 failed")
                .run(answer);
    }

    @Test
    @Order(4)
    void thereIsNoReportIfPublishingOrStoringFails(BranchesAndJoins answer) {
        new Nights()
                .gives("failed publish", "1 1 2 skipped upstream_failed 12 31 failed")
                .gives("good 0, bad 4, failed quarantine", "1 1 skipped 2 upstream_failed 7 31 failed")
                .gives("bad 4, failed publish", "1 1 2 2 upstream_failed 12 31 failed")
                .gives("bad 4, failed quarantine", "1 1 2 2 upstream_failed 7 31 failed")
                .run(answer);
    }

    @Test
    @Order(5)
    void withoutRowsNothingIsPublishedStoredOrReported(BranchesAndJoins answer) {
        new Nights()
                .gives("good 0", "1 1 skipped skipped skipped skipped 31 success")
                .run(answer);
    }

    @Test
    @Order(6)
    void withoutFilesOnlyCleanupRuns(BranchesAndJoins answer) {
        new Nights()
                .gives("files 0", "skipped skipped skipped skipped skipped skipped 1 success")
                .run(answer);
    }

    @Test
    @Order(7)
    void whatSkipsItselfIsNoFailure(BranchesAndJoins answer) {
        new Nights()
                .gives("skipped publish", "1 1 2 skipped skipped skipped 31 success")
                .gives("bad 4, skipped quarantine", "1 1 2 2 12 skipped 31 success")
                .gives("bad 4, skipped publish", "1 1 2 2 12 skipped 31 success")
                .run(answer);
    }

    @Test
    @Order(8)
    void theRunFailsIfAnyTaskHasFailed(BranchesAndJoins answer) {
        new Nights()
                .gives("failed cleanup", "1 1 2 skipped 12 skipped 31 failed")
                .gives("good 0, failed archive", "1 1 skipped skipped skipped 31 31 failed")
                .gives("files 0, failed cleanup", "skipped skipped skipped skipped skipped skipped 1 failed")
                .gives("failed publish alarm", "1 1 2 skipped upstream_failed 12 31 failed")
                .run(answer);
    }

    @Test
    @Order(9)
    void randomNightsGoAsTheSentencesOfTheTaskSay(BranchesAndJoins answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Nights nights = new Nights().title(seed.hint() + "; usually: " + USUALLY);
        for (int i = 0; i < 100; i++) {
            String different = random(random);
            nights.gives(different, new Oracle(Given.of(different)).cells());
        }
        nights.run(answer);
    }

    private static String random(Random random) {
        List<String> failed = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (String task :
                List.of("has_files", "audit", "archive", "publish", "quarantine", "report", "alarm", "cleanup")) {
            int luck = random.nextInt(10);
            if (luck == 0) {
                failed.add(" " + task);
            } else if (luck == 1
                    && List.of("publish", "quarantine", "archive", "report").contains(task)) {
                skipped.add(" " + task);
            }
        }
        return "files %d, good %d, bad %d, failed%s, skipped%s"
                .formatted(
                        random.nextInt(5),
                        random.nextInt(3) * 4,
                        random.nextInt(3) * 2,
                        String.join("", failed),
                        String.join("", skipped));
    }

    /** Follows the sentences of the task, with minutes; it knows no rules. */
    private static final class Oracle {

        private final Given given;
        private final Map<String, String> cells = new LinkedHashMap<>();
        private int firstFailure = Integer.MAX_VALUE;
        private boolean hasFailed;

        Oracle(Given given) {
            this.given = given;
        }

        String cells() {
            TASKS.forEach(task -> cells.put(task, "skipped"));
            String found = tried("has_files", 0);
            String audited = found;
            String archived = found;
            if (found.equals("success") && given.number("files") > 0) {
                audited = start("audit", 1);
                archived = start("archive", 1);
                boolean goesOn = audited.equals("success");
                String published = goesOn && given.number("good") > 0 ? start("publish", 2) : "none";
                String stored = goesOn && given.number("bad") > 0 ? start("quarantine", 2) : "none";
                List<String> chosen = List.of(published, stored);
                if (audited.equals("failed")) {
                    List.of("publish", "quarantine", "report").forEach(task -> cells.put(task, "upstream_failed"));
                } else if (chosen.contains("failed")) {
                    cells.put("report", "upstream_failed");
                } else if (chosen.contains("success")) {
                    start("report", published.equals("none") ? 7 : 12);
                }
            } else if (found.equals("failed")) {
                TASKS.forEach(task -> cells.put(task, "upstream_failed"));
            }
            cells.put("alarm", "skipped");
            if (hasFailed) {
                start("alarm", firstFailure);
            }
            start("cleanup", cells.get("archive").equals("1") ? 31 : 1);
            return String.join(" ", cells.values()) + (hasFailed ? " failed" : " success");
        }

        private String start(String task, int minute) {
            cells.put(task, String.valueOf(minute));
            return tried(task, minute);
        }

        private String tried(String task, int minute) {
            String outcome = given.outcome(task);
            if (outcome.equals("failed")) {
                hasFailed = true;
                firstFailure = Math.min(firstFailure, minute + MINUTES.getOrDefault(task, 1));
            }
            return outcome;
        }
    }

    /** The words of a night by their first. */
    private record Given(Map<String, List<String>> values) {

        static Given of(String different) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            Stream.of(USUALLY.split(", "), different.split(", "))
                    .flatMap(Stream::of)
                    .map(value -> List.of(value.split(" ")))
                    .forEach(words -> values.put(words.get(0), words.subList(1, words.size())));
            return new Given(values);
        }

        int number(String key) {
            return Integer.parseInt(values.get(key).get(0));
        }

        String outcome(String task) {
            return Stream.of("failed", "skipped")
                    .filter(outcome -> values.get(outcome).contains(task))
                    .findFirst()
                    .orElse("success");
        }
    }

    /** What is given, and the cells that are expected. */
    private static final class Nights {

        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "A number is the minute at which a task starts. Usually: " + USUALLY;

        Nights title(String hint) {
            title = hint;
            return this;
        }

        Nights gives(String different, String cells) {
            given.add(row(different));
            expected.add(night(different, List.of(cells.split(" "))));
            return this;
        }

        void run(BranchesAndJoins answer) {
            Script.of("night STRING")
                    .columns(Stream.of(Stream.of("night"), TASKS.stream(), Stream.of("run"))
                            .flatMap(names -> names)
                            .map(name -> name + " STRING")
                            .toArray(String[]::new))
                    .title(title)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Playing(answer));
        }
    }

    private static ScriptRow night(String given, List<String> cells) {
        return row(Stream.concat(Stream.of(given), cells.stream()).toArray());
    }

    /** Plays the answer's DAG each night. */
    private static final class Playing implements Job {

        private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

        private final BranchesAndJoins answer;
        private final List<ScriptRow> nights = new ArrayList<>();
        private List<ScriptRow> given = List.of();

        Playing(BranchesAndJoins answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            given = rows;
        }

        @Override
        public void run() {
            for (ScriptRow each : given) {
                String text = each.getString(0);
                nights.add(night(text, cells(Given.of(text))));
            }
        }

        private List<String> cells(Given given) {
            Work work = (task, of, number) -> outcome(task, given).taking(duration(task));
            Night night = NightRunner.play(answer.dag(), work, List.of(Run.at(MIDNIGHT)));
            List<String> cells = new ArrayList<>();
            TASKS.forEach(task -> cells.add(cell(task, night)));
            cells.add(night.results().get(0).state().toString());
            return cells;
        }

        private Outcome outcome(String task, Given given) {
            String scripted = task.equals("watcher") ? "failed" : given.outcome(task);
            if (scripted.equals("success") && task.equals("has_files")) {
                return answer.hasFiles(given.number("files"));
            }
            if (scripted.equals("success") && task.equals("audit")) {
                return answer.audit(given.number("good"), given.number("bad"));
            }
            return Outcome.of(scripted);
        }

        private static Duration duration(String task) {
            boolean isKnown = TASKS.contains(task) || task.equals("has_files");
            return Duration.ofMinutes(MINUTES.getOrDefault(task, isKnown ? 1 : 0));
        }

        /** The minute at which a task started, or the state that it has without having run. */
        private static String cell(String task, Night night) {
            return night.changes().stream()
                    .filter(change -> change.task().equals(task) && change.state() == TaskState.RUNNING)
                    .map(change -> String.valueOf(
                            Duration.between(MIDNIGHT, change.at()).toMinutes()))
                    .findFirst()
                    .orElseGet(
                            () -> String.valueOf(night.results().get(0).states().get(task)));
        }

        @Override
        public List<ScriptRow> output() {
            return nights;
        }
    }
}
