package workbook.evaluate.month;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Workspace;
import workbook.check.progress.AnswerRevealed;
import workbook.check.progress.Progress;
import workbook.check.verdict.Verdict;

class ScoringTest {

    @TempDir
    private Path home;

    private MonthWorkbook workbook;

    @BeforeEach
    void open() throws IOException {
        workbook = MonthWorkbook.in(home);
    }

    @Test
    void aVerdictIsValidForTheCheckedVersionOnly() throws IOException {
        workbook.answer("01", "First", "solved");
        workbook.attempt("01", "First", 1, Verdict.SOLVED, "");
        assertThat(result("First").verdict()).contains(Verdict.SOLVED);

        workbook.answer("01", "First", "something else");

        assertThat(result("First").verdict()).isEmpty();
        assertThat(result("First").solved()).contains(MonthWorkbook.NOW.minus(Duration.ofDays(1)));
        assertThat(workbook.score().total()).isZero();
    }

    @Test
    void anUntouchedStarterIsNoAttempt() {
        workbook.attempt("01", "First", 2, Verdict.UNSOLVED, "");
        workbook.attempt("01", "First", 1, Verdict.WRONG, "");
        workbook.attempt("01", "First", 0, Verdict.BROKEN, "");
        assertThat(result("First").attempts()).isEqualTo(2);
    }

    @Test
    void aMisconceptionIsResolvedWhenItsExerciseIsSolvedLater() {
        workbook.attempt("01", "First", 4, Verdict.WRONG, "AddsTwice");
        assertThat(result("First").misconceptions().get(0).resolved()).isEmpty();

        workbook.attempt("01", "First", 3, Verdict.SOLVED, "");

        assertThat(result("First").misconceptions())
                .containsExactly(new RecognizedMisconception(
                        "lesson 01 First", "AddsTwice", "adds twice", daysAgo(4), Optional.of(daysAgo(3))));
    }

    @Test
    void aMisconceptionThatReturnsIsNotResolved() {
        workbook.attempt("01", "First", 4, Verdict.WRONG, "AddsTwice");
        workbook.attempt("01", "First", 3, Verdict.SOLVED, "");
        workbook.attempt("01", "First", 2, Verdict.WRONG, "AddsTwice");
        assertThat(result("First").misconceptions())
                .singleElement()
                .satisfies(found -> assertThat(found.resolved()).isEmpty());
    }

    @Test
    void revealingASolvedAnswerIsNotGivingUp() {
        Progress progress = Progress.of(workbook.workspace());
        workbook.attempt("01", "First", 2, Verdict.SOLVED, "");
        progress.add(new AnswerRevealed(daysAgo(1), "lesson01.First"));
        progress.add(new AnswerRevealed(daysAgo(1), "lesson01.Second"));
        assertThat(result("First").gaveUp()).isFalse();
        assertThat(result("Second").gaveUp()).isTrue();
    }

    @Test
    void daysCountAnswersAndFirstSolutions() {
        workbook.attempt("01", "First", 3, Verdict.WRONG, "");
        workbook.attempt("01", "First", 3, Verdict.SOLVED, "");
        workbook.attempt("01", "First", 1, Verdict.SOLVED, "");
        workbook.attempt("01", "Second", 0, Verdict.UNSOLVED, "");
        assertThat(workbook.score().pace().days())
                .containsExactly(
                        new Pace.Day(LocalDate.parse("2026-11-07"), 2, 1),
                        new Pace.Day(LocalDate.parse("2026-11-09"), 1, 0));
    }

    @Test
    void thePaceGivesTheDayTheMonthIsDone() {
        for (String lesson : List.of("01", "02")) {
            workbook.workspace()
                    .exercises(lesson)
                    .forEach(name -> workbook.attempt(lesson, name, 3, Verdict.SOLVED, ""));
        }
        // 36.36 of 100 in four days: the rest takes seven more
        assertThat(workbook.score().pace().sentence())
                .isEqualTo("You are at 36.3 of 100 on day 4. At this pace you finish on 2026-11-17.");
    }

    @Test
    void withoutPointsThereIsNoPace() {
        assertThat(workbook.score().pace().sentence()).startsWith("No attempts yet");
        workbook.attempt("01", "First", 1, Verdict.WRONG, "");
        assertThat(workbook.score().pace().sentence())
                .isEqualTo("You are at 0 of 100 on day 2. The first solved exercise sets the pace.");
        assertThat(workbook.score().pace().finish()).isEmpty();
    }

    @Test
    void aFailedPointOfTheCapstoneCostsItsShare() throws IOException {
        workbook.solve("01", "02", "03");
        for (String lesson : List.of("01", "02", "03")) {
            workbook.workspace()
                    .exercises(lesson)
                    .forEach(name -> workbook.attempt(lesson, name, 1, Verdict.SOLVED, ""));
        }
        workbook.record(MonthWorkbook.sampleRun().replaceFirst("HELD", "FAILED"));

        Score.Capstone capstone = workbook.score().capstone();

        assertThat(capstone.earned()).isEqualTo(10 * 6 / 7.0);
        assertThat(capstone.todo()).contains("Run it again");
    }

    @Test
    void anInvalidRecordIsIgnored() throws IOException {
        for (String record : List.of(
                "",
                "null",
                "[]",
                "{",
                "{\"time\":\"yesterday\"}",
                "{\"seconds\":1}",
                MonthWorkbook.sampleRun().replace("\"toScore\"", "\"other\""),
                MonthWorkbook.sampleRun().replace("HELD", "MAYBE"))) {
            workbook.record(record);
            assertThat(CapstoneRun.last(workbook.workspace())).as(record).isEmpty();
        }
        workbook.record(MonthWorkbook.sampleRun());
        assertThat(CapstoneRun.last(workbook.workspace())).isPresent();
    }

    @Test
    void stretchExercisesAreShownAndHaveNoPoints() throws IOException {
        workbook.add("11", "Extra");
        Score score = workbook.score();
        assertThat(score.points()).isEqualTo(55);
        assertThat(score.weeks().get(4).lessons())
                .extracting(Score.Lesson::lesson)
                .containsExactly("11");
    }

    @Test
    void everyLessonOfTheWorkbookBelongsToTheMonth() {
        Month month = Month.of(Workspace.current());
        assertThat(Workspace.current().lessons()).allMatch(month::has);
        assertThat(month.weeks().stream().mapToDouble(Month.Week::points).sum()
                        + month.capstone().points())
                .isEqualTo(100);
    }

    @Test
    void pointsAreRoundedDown() {
        assertThat(List.of(99.99, 100.0, 0.1 + 0.2, 20 / 3.0))
                .extracting(Points::text)
                .containsExactly("99.9", "100", "0.3", "6.6");
    }

    private ExerciseResult result(String name) {
        return workbook.score()
                .results()
                .filter(each -> each.exercise().equals("lesson01." + name))
                .findFirst()
                .orElseThrow();
    }

    private static Instant daysAgo(int days) {
        return MonthWorkbook.NOW.minus(Duration.ofDays(days));
    }
}
