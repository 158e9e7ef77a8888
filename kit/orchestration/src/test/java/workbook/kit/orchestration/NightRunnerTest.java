package workbook.kit.orchestration;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import workbook.kit.orchestration.Deadline.Reference;
import workbook.kit.orchestration.Sensor.Mode;

class NightRunnerTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void aTaskStartsWhenItsUpstreamTasksHaveEnded() {
        Night night = play(Dag.of(Task.of("a"), Task.of("b").after("a")), Map.of("a", outcomes("success", 12)));
        assertThat(changes(night))
                .containsExactly(
                        "00:00 a scheduled",
                        "00:00 a running",
                        "00:12 a success",
                        "00:12 b scheduled",
                        "00:12 b running",
                        "00:13 b success");
    }

    @Test
    void aFailedTryIsRepeatedAfterADelay() {
        Dag dag = Dag.of(Task.of("a").with(new Retries(2, ofMinutes(5), false, Duration.ZERO)));
        assertThat(changes(play(dag, Map.of("a", outcomes("failed", 1)))))
                .containsExactly(
                        "00:00 a scheduled",
                        "00:00 a running",
                        "00:01 a up_for_retry",
                        "00:06 a scheduled",
                        "00:06 a running",
                        "00:07 a up_for_retry",
                        "00:12 a scheduled",
                        "00:12 a running",
                        "00:13 a failed");
    }

    @Test
    void anExponentialDelayDoublesUpToItsBound() {
        Retries retries = new Retries(9, ofMinutes(5), true, ofMinutes(30));
        assertThat(IntStream.of(1, 2, 3, 4, 60).mapToObj(retries::delayAfter))
                .containsExactly(ofMinutes(5), ofMinutes(10), ofMinutes(20), ofMinutes(30), ofMinutes(30));
    }

    @Test
    void anExecutionTimeoutFailsATry() {
        Task task = Task.of("a").within(ofMinutes(10)).with(new Retries(1, ofMinutes(5), false, Duration.ZERO));
        List<Outcome> slowThenQuick = List.of(
                Outcome.of("success").taking(ofMinutes(11)),
                Outcome.of("success").taking(ofMinutes(10)));
        assertThat(changes(play(Dag.of(task), Map.of("a", slowThenQuick))))
                .contains("00:10 a up_for_retry", "00:25 a success")
                .hasSize(6);
    }

    @Test
    void aRunTimeoutSkipsWhatIsNotFinished() {
        Dag dag = Dag.of(Task.of("a"), Task.of("b").after("a"), Task.of("c").after("b"))
                .within(ofMinutes(5));
        Night night = play(dag, Map.of("b", outcomes("success", 60)));
        assertThat(states(night)).containsExactly("success", "skipped", "skipped");
        assertThat(night.results().get(0).state()).isEqualTo(RunState.FAILED);
        assertThat(night.results().get(0).end()).isEqualTo(MIDNIGHT.plus(ofMinutes(5)));
    }

    @Test
    void oneFailedDoesNotWaitForTheOthersAndAllDoneDoes() {
        Dag dag = Dag.of(
                Task.of("quick"),
                Task.of("slow"),
                Task.of("alarm").after("quick", "slow").when(TriggerRule.ONE_FAILED),
                Task.of("cleanup").after("quick", "slow").when(TriggerRule.ALL_DONE));
        Night night = play(dag, Map.of("quick", outcomes("failed", 5), "slow", outcomes("success", 20)));
        assertThat(changes(night)).contains("00:05 alarm running", "00:20 cleanup running");
    }

    @Test
    void aPokingSensorKeepsItsSlotAndARescheduledOneDoesNot() {
        Dag poking = sensing(Mode.POKE, ofHours(1), false);
        assertThat(changes(play(poking, Map.of("wait", outcomes("success", 12)))))
                .containsExactly(
                        "00:00 wait scheduled",
                        "00:00 wait running",
                        "00:00 other scheduled",
                        "00:15 wait success",
                        "00:15 other running",
                        "00:16 other success");
        Dag rescheduling = sensing(Mode.RESCHEDULE, ofHours(1), false);
        Night night = play(rescheduling, Map.of("wait", outcomes("success", 12)));
        assertThat(changes(night))
                .containsExactly(
                        "00:00 wait scheduled",
                        "00:00 wait running",
                        "00:00 wait up_for_reschedule",
                        "00:00 other scheduled",
                        "00:00 other running",
                        "00:01 other success",
                        "00:05 wait scheduled",
                        "00:05 wait running",
                        "00:05 wait up_for_reschedule",
                        "00:10 wait scheduled",
                        "00:10 wait running",
                        "00:10 wait up_for_reschedule",
                        "00:15 wait scheduled",
                        "00:15 wait running",
                        "00:15 wait success");
        assertThat(night.results().get(0).tries()).containsEntry("wait", 1);
    }

    @Test
    void aSensorThatTimesOutIsNotRetried() {
        Map<String, List<Outcome>> never = Map.of("wait", outcomes("success", 1000));
        assertThat(states(play(sensing(Mode.POKE, ofMinutes(10), false), never)))
                .containsExactly("failed", "success");
        Night soft = play(sensing(Mode.RESCHEDULE, ofMinutes(10), true), never);
        assertThat(states(soft)).containsExactly("skipped", "success");
        assertThat(changes(soft)).endsWith("00:15 wait running", "00:15 wait skipped");
    }

    @Test
    void anExecutionTimeoutEndsAPokingSensorOnly() {
        Map<String, List<Outcome>> late = Map.of("wait", outcomes("success", 40));
        Task wait = Task.of("wait").within(ofMinutes(20));
        Sensor poking = new Sensor(Mode.POKE, ofMinutes(5), ofHours(1), false);
        Sensor rescheduling = new Sensor(Mode.RESCHEDULE, ofMinutes(5), ofHours(1), false);
        assertThat(changes(play(Dag.of(wait.with(poking)), late))).endsWith("00:20 wait failed");
        assertThat(changes(play(Dag.of(wait.with(rescheduling)), late))).endsWith("00:40 wait success");
    }

    @Test
    void aTaskThatDependsOnPastWaitsForTheRunBefore() {
        Dag dag = Dag.of(Task.of("a").dependingOnPast());
        Work failsFirst = (task, run, number) -> Outcome.of(run.logicalDate().equals(MIDNIGHT) ? "failed" : "success");
        Night failed = NightRunner.play(dag, failsFirst, runs(2));
        assertThat(failed.results()).extracting(Night.Result::state).containsExactly(RunState.FAILED, RunState.RUNNING);

        Work slow = (task, run, number) -> Outcome.of("success").taking(ofHours(30));
        Night slowNight = NightRunner.play(dag, slow, runs(2));
        assertThat(slowNight.results().get(1).end()).isEqualTo(MIDNIGHT.plus(ofHours(24 + 60)));
    }

    @Test
    void noMoreRunsAreActiveThanAllowed() {
        Work slow = (task, run, number) -> Outcome.of("success").taking(ofHours(30));
        Night night = NightRunner.play(Dag.of(Task.of("a")).withActiveRuns(1), slow, runs(3));
        assertThat(night.results()).extracting(Night.Result::start).containsExactly(hour(24), hour(54), hour(84));
    }

    @Test
    void aDeadlineAlertsAtItsMomentAndTheRunGoesOn() {
        Dag dag = Dag.of(Task.of("a")).with(new Deadline(Reference.QUEUED_AT, ofHours(6)));
        Night late = play(dag, Map.of("a", outcomes("success", 7 * 60)));
        assertThat(late.missed()).extracting(Night.MissedDeadline::at).containsExactly(hour(6));
        assertThat(states(late)).containsExactly("success");
        assertThat(play(dag, Map.of("a", outcomes("success", 5 * 60))).missed()).isEmpty();
    }

    @Test
    void aDeadlineInThePastAlertsAtOnce() {
        Dag dag = Dag.of(Task.of("a")).with(new Deadline(Reference.LOGICAL_DATE, ofHours(6)));
        Night night = NightRunner.play(dag, Work.scripted(Map.of()), runs(1));
        assertThat(night.missed()).extracting(Night.MissedDeadline::at).containsExactly(hour(24));
    }

    @Test
    void aDagNamesItsMistake() {
        assertThatThrownBy(() -> Dag.of(Task.of("a").after("b"), Task.of("b")))
                .hasMessage("Task \"a\" depends on \"b\", and no task with this id is listed before it.");
        assertThatThrownBy(() -> Dag.of(Task.of("a"), Task.of("a"))).hasMessage("Two tasks have the id \"a\".");
        assertThatThrownBy(() -> play(Dag.of(Task.of("a")), Map.of("a", outcomes("branch:b", 1))))
                .hasMessage("A branch has chosen \"b\", and no task has this id.");
    }

    /** A sensor and another task, with one slot. */
    private static Dag sensing(Mode mode, Duration timeout, boolean isSoft) {
        Task wait = Task.of("wait")
                .with(new Sensor(mode, ofMinutes(5), timeout, isSoft))
                .with(new Retries(3, ofMinutes(1), false, Duration.ZERO));
        return Dag.of(wait, Task.of("other")).withActiveTasks(1);
    }

    private static Night play(Dag dag, Map<String, List<Outcome>> outcomes) {
        return NightRunner.play(dag, Work.scripted(outcomes), List.of(Run.at(MIDNIGHT)));
    }

    private static List<Run> runs(int days) {
        return IntStream.range(0, days)
                .mapToObj(day -> Run.over(hour(24 * day), hour(24 * day + 24)))
                .toList();
    }

    private static Instant hour(int hour) {
        return MIDNIGHT.plus(ofHours(hour));
    }

    private static List<Outcome> outcomes(String text, int minutes) {
        return List.of(Outcome.of(text).taking(ofMinutes(minutes)));
    }

    private static List<String> changes(Night night) {
        return night.changes().stream()
                .map(change -> change.at().toString().substring(11, 16) + " " + change.task() + " " + change.state())
                .toList();
    }

    private static List<String> states(Night night) {
        return night.results().get(0).states().values().stream()
                .map(TaskState::toString)
                .toList();
    }
}
