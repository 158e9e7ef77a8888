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

    private TestWorkbook workbook;

    @BeforeEach
    void open() {
        workbook = new TestWorkbook(home);
    }

    @Test
    void allExercisesAreOpenAtFirst() {
        assertThat(statuses())
                .containsExactly(
                        new ExerciseStatus(TestWorkbook.TOTALS, Status.OPEN),
                        new ExerciseStatus(TestWorkbook.REVENUE, Status.OPEN),
                        new ExerciseStatus(TestWorkbook.DUPLICATES, Status.OPEN));
    }

    @ParameterizedTest
    @CsvSource({"SOLVED, SOLVED", "WRONG, WRONG", "BROKEN, BROKEN", "UNSOLVED, OPEN"})
    void theVerdictOnTheCurrentFileIsTheStatus(Verdict verdict, Status status) {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", verdict);
        assertThat(status()).isEqualTo(status);
    }

    @Test
    void aVerdictIsOutdatedAfterTheFileChanges() {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        workbook.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue { int more; }");
        assertThat(status()).isEqualTo(Status.CHANGED);
    }

    @Test
    void aVerdictIsOutdatedAfterTheCheckpointChanges() {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        workbook.write(TestWorkbook.REVENUE.checkpoint(), "class Checkpoint { int more; }");
        assertThat(status()).isEqualTo(Status.CHANGED);
    }

    @Test
    void aRestoredStarterIsOpen() {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        workbook.write(TestWorkbook.REVENUE.source(), TestWorkbook.starter(TestWorkbook.REVENUE));
        assertThat(status()).isEqualTo(Status.OPEN);
    }

    @Test
    void aMissingFileIsReported() {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        workbook.delete(TestWorkbook.REVENUE.source());
        assertThat(status()).isEqualTo(Status.MISSING);
    }

    @Test
    void theFirstUnsolvedExerciseIsNext() {
        workbook.attempt(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        assertThat(ExerciseStatus.firstUnsolved(statuses()))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.REVENUE);
        assertThat(ExerciseStatus.countSolved(statuses())).isEqualTo(1);
    }

    @Test
    void afterTheLastExerciseTheFirstIsNext() {
        assertThat(ExerciseStatus.nextUnsolved(statuses(), TestWorkbook.REVENUE))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.DUPLICATES);
        assertThat(ExerciseStatus.nextUnsolved(statuses(), TestWorkbook.DUPLICATES))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.TOTALS);
    }

    @Test
    void afterTheOnlyUnsolvedExerciseThereIsNoNext() {
        workbook.attempt(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        workbook.attempt(TestWorkbook.DUPLICATES, "class DeduplicatePayments {}", Verdict.SOLVED);
        assertThat(ExerciseStatus.nextUnsolved(statuses(), TestWorkbook.REVENUE))
                .isEmpty();
        assertThat(ExerciseStatus.nextUnsolved(statuses(), TestWorkbook.TOTALS))
                .map(ExerciseStatus::exercise)
                .contains(TestWorkbook.REVENUE);
    }

    /** In the format from before the lessons were modules. */
    @Test
    void verdictsOfAnOlderWorkbookAreReadAndOutdated() {
        workbook.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue {}");
        String source = Hashes.of(workbook.workspace(), TestWorkbook.REVENUE).source();
        workbook.write(".workbook/progress.jsonl", """
                {"time":"2026-11-20T19:30:11.622475185Z","exercise":"lesson05.HourlyRevenue","verdict":"WRONG",\
                "diagnosis":"TruncatesTheHour","source":"492c21aee81d9a3943e697bf02ba75c44f374039d9215c1f9c8ea97c14eb4e2e",\
                "rules":"a9247e6ae51b763023aef47cdd00a46d71cdbba4551034ed66547aeeb22b7d2e"}
                {"time":"2026-11-20T19:40:00Z","question":"what-is-a-watermark","known":true}
                {"time":"2026-11-20T19:50:00Z","exercise":"lesson05.DeduplicatePayments","gaveUp":true}
                {"time":"2026-11-20T20:11:49.913199488Z","exercise":"lesson05.HourlyRevenue","verdict":"SOLVED",\
                "diagnosis":"","source":"%s","rules":"a9247e6ae51b763023aef47cdd00a46d71cdbba4551034ed66547aeeb22b7d2e"}
                """.formatted(source));

        assertThat(statuses())
                .containsExactly(
                        new ExerciseStatus(TestWorkbook.TOTALS, Status.OPEN),
                        new ExerciseStatus(TestWorkbook.REVENUE, Status.CHANGED),
                        new ExerciseStatus(TestWorkbook.DUPLICATES, Status.OPEN));
        Progress.Contents read = Progress.of(workbook.workspace()).contents();
        assertThat(read.attempts()).extracting(Attempt::verdict).containsExactly(Verdict.WRONG, Verdict.SOLVED);
        assertThat(read.attempts().get(0).diagnosis()).isEqualTo("TruncatesTheHour");
        assertThat(read.revealedAnswers()).hasSize(1);
        assertThat(read.quizAnswers()).hasSize(1);
    }

    private Status status() {
        Optional<ExerciseStatus> status = statuses().stream()
                .filter(each -> each.exercise().equals(TestWorkbook.REVENUE))
                .findFirst();
        return status.orElseThrow().status();
    }

    private List<ExerciseStatus> statuses() {
        return ExerciseStatus.all(workbook.workspace());
    }
}
