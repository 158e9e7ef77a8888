package workbook.evaluate.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.check.verdict.Verdict;

class ExerciseStatusTest {

    @TempDir
    private Path home;

    private TestWorkbook desk;

    @BeforeEach
    void open() {
        desk = new TestWorkbook(home);
    }

    @Test
    void nothingIsSolvedAtFirst() {
        assertThat(places())
                .containsExactly(
                        new ExerciseStatus(TestWorkbook.TOTALS, Status.NOT_YET),
                        new ExerciseStatus(TestWorkbook.REVENUE, Status.NOT_YET),
                        new ExerciseStatus(TestWorkbook.DUPLICATES, Status.NOT_YET));
    }

    @ParameterizedTest
    @CsvSource({"SOLVED, SOLVED", "WRONG, WRONG", "BROKEN, BROKEN", "UNSOLVED, NOT_YET"})
    void theVerdictOnTheFileCounts(Verdict verdict, Status mark) {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", verdict);
        assertThat(mark()).isEqualTo(mark);
    }

    @Test
    void aVerdictOnAnotherTextIsNoneOnThisOne() {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue { int more; }");
        assertThat(mark()).isEqualTo(Status.CHANGED);
    }

    @Test
    void aVerdictByOtherRulesIsNoneByThese() {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.write(TestWorkbook.REVENUE.checkpoint(), "class Checkpoint { int more; }");
        assertThat(mark()).isEqualTo(Status.CHANGED);
    }

    @Test
    void aStarterThatIsBackIsNotYetSolved() {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.write(TestWorkbook.REVENUE.source(), TestWorkbook.starter(TestWorkbook.REVENUE));
        assertThat(mark()).isEqualTo(Status.NOT_YET);
    }

    @Test
    void theFileMayBeMissing() {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.delete(TestWorkbook.REVENUE.source());
        assertThat(mark()).isEqualTo(Status.MISSING);
    }

    @Test
    void theNextIsTheFirstThatIsOpen() {
        desk.judge(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        assertThat(ExerciseStatus.firstOpen(places()))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.REVENUE);
        assertThat(ExerciseStatus.solved(places())).isEqualTo(1);
    }

    @Test
    void theNextAfterTheLastIsTheFirstAgain() {
        assertThat(ExerciseStatus.openAfter(places(), TestWorkbook.REVENUE))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.DUPLICATES);
        assertThat(ExerciseStatus.openAfter(places(), TestWorkbook.DUPLICATES))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.TOTALS);
    }

    @Test
    void theNextAfterTheOnlyOneThatIsOpenIsNone() {
        desk.judge(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        desk.judge(TestWorkbook.DUPLICATES, "class DeduplicatePayments {}", Verdict.SOLVED);
        assertThat(ExerciseStatus.openAfter(places(), TestWorkbook.REVENUE)).isEmpty();
        assertThat(ExerciseStatus.openAfter(places(), TestWorkbook.TOTALS))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.REVENUE);
    }

    /** As they were written when the lessons were no modules yet. */
    @Test
    void verdictsOfAnOlderWorkbookAreReadAndNeedANewLook() {
        desk.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue {}");
        String source = Hashes.of(desk.desk(), TestWorkbook.REVENUE).source();
        desk.write(".workbook/progress.jsonl", """
                {"time":"2026-11-20T19:30:11.622475185Z","exercise":"lesson05.HourlyRevenue","verdict":"WRONG",\
                "diagnosis":"TruncatesTheHour","source":"492c21aee81d9a3943e697bf02ba75c44f374039d9215c1f9c8ea97c14eb4e2e",\
                "rules":"a9247e6ae51b763023aef47cdd00a46d71cdbba4551034ed66547aeeb22b7d2e"}
                {"time":"2026-11-20T19:40:00Z","question":"what-is-a-watermark","known":true}
                {"time":"2026-11-20T19:50:00Z","exercise":"lesson05.DeduplicatePayments","gaveUp":true}
                {"time":"2026-11-20T20:11:49.913199488Z","exercise":"lesson05.HourlyRevenue","verdict":"SOLVED",\
                "diagnosis":"","source":"%s","rules":"a9247e6ae51b763023aef47cdd00a46d71cdbba4551034ed66547aeeb22b7d2e"}
                """.formatted(source));

        assertThat(places())
                .containsExactly(
                        new ExerciseStatus(TestWorkbook.TOTALS, Status.NOT_YET),
                        new ExerciseStatus(TestWorkbook.REVENUE, Status.CHANGED),
                        new ExerciseStatus(TestWorkbook.DUPLICATES, Status.NOT_YET));
        Progress.Contents read = Progress.of(desk.desk()).contents();
        assertThat(read.attempts()).extracting(Attempt::verdict).containsExactly(Verdict.WRONG, Verdict.SOLVED);
        assertThat(read.attempts().get(0).diagnosis()).isEqualTo("TruncatesTheHour");
        assertThat(read.revealedAnswers()).hasSize(1);
        assertThat(read.quizAnswers()).hasSize(1);
    }

    private Status mark() {
        Optional<ExerciseStatus> place = places().stream()
                .filter(each -> each.exercise().equals(TestWorkbook.REVENUE))
                .findFirst();
        return place.orElseThrow().mark();
    }

    private List<ExerciseStatus> places() {
        return ExerciseStatus.all(desk.desk());
    }
}
