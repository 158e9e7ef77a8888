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

    private MonthWorkbook notebook;

    @BeforeEach
    void open() throws IOException {
        notebook = MonthWorkbook.in(home);
    }

    @Test
    void aVerdictHoldsForTheVeryTextThatWasJudged() throws IOException {
        notebook.answer("01", "First", "solved");
        notebook.judged("01", "First", 1, Verdict.SOLVED, "");
        assertThat(standing("First").verdict()).contains(Verdict.SOLVED);

        notebook.answer("01", "First", "something else");

        assertThat(standing("First").verdict()).isEmpty();
        assertThat(standing("First").solved()).contains(MonthWorkbook.NOW.minus(Duration.ofDays(1)));
        assertThat(notebook.score().total()).isZero();
    }

    @Test
    void anUntouchedStarterIsNoAttempt() {
        notebook.judged("01", "First", 2, Verdict.UNSOLVED, "");
        notebook.judged("01", "First", 1, Verdict.WRONG, "");
        notebook.judged("01", "First", 0, Verdict.BROKEN, "");
        assertThat(standing("First").attempts()).isEqualTo(2);
    }

    @Test
    void aMisconceptionIsOvercomeWhenItsExerciseIsSolvedLater() {
        notebook.judged("01", "First", 4, Verdict.WRONG, "AddsTwice");
        assertThat(standing("First").met().get(0).overcome()).isEmpty();

        notebook.judged("01", "First", 3, Verdict.SOLVED, "");

        assertThat(standing("First").met())
                .containsExactly(new RecognizedMisconception(
                        "lesson 01 First", "AddsTwice", "adds twice", daysAgo(4), Optional.of(daysAgo(3))));
    }

    @Test
    void aMisconceptionThatComesBackIsNotOvercome() {
        notebook.judged("01", "First", 4, Verdict.WRONG, "AddsTwice");
        notebook.judged("01", "First", 3, Verdict.SOLVED, "");
        notebook.judged("01", "First", 2, Verdict.WRONG, "AddsTwice");
        assertThat(standing("First").met())
                .singleElement()
                .satisfies(met -> assertThat(met.overcome()).isEmpty());
    }

    @Test
    void whoSolvedItFirstHasNotGivenUp() {
        Progress progress = Progress.of(notebook.desk());
        notebook.judged("01", "First", 2, Verdict.SOLVED, "");
        progress.add(new AnswerRevealed(daysAgo(1), "lesson01.First"));
        progress.add(new AnswerRevealed(daysAgo(1), "lesson01.Second"));
        assertThat(standing("First").gaveUp()).isFalse();
        assertThat(standing("Second").gaveUp()).isTrue();
    }

    @Test
    void daysCountAnswersAndFirstSolutions() {
        notebook.judged("01", "First", 3, Verdict.WRONG, "");
        notebook.judged("01", "First", 3, Verdict.SOLVED, "");
        notebook.judged("01", "First", 1, Verdict.SOLVED, "");
        notebook.judged("01", "Second", 0, Verdict.UNSOLVED, "");
        assertThat(notebook.score().pace().days())
                .containsExactly(
                        new Pace.Day(LocalDate.parse("2026-11-07"), 2, 1),
                        new Pace.Day(LocalDate.parse("2026-11-09"), 1, 0));
    }

    @Test
    void thePaceSaysWhenTheMonthIsDone() {
        for (String lesson : List.of("01", "02")) {
            notebook.desk().exercises(lesson).forEach(name -> notebook.judged(lesson, name, 3, Verdict.SOLVED, ""));
        }
        // 36.36 of 100 in four days: seven more days make the rest
        assertThat(notebook.score().pace().sentence())
                .isEqualTo("You are at 36.3 of 100 on day 4. At this pace you finish on 2026-11-17.");
    }

    @Test
    void beforeTheFirstPointThereIsNoPace() {
        assertThat(notebook.score().pace().sentence()).startsWith("Nothing tried yet");
        notebook.judged("01", "First", 1, Verdict.WRONG, "");
        assertThat(notebook.score().pace().sentence())
                .isEqualTo("You are at 0 of 100 on day 2. The first exercise solved will set the pace.");
        assertThat(notebook.score().pace().finish()).isEmpty();
    }

    @Test
    void aPointOfTheCapstoneThatFailedCostsItsShare() throws IOException {
        notebook.solve("01", "02", "03");
        for (String lesson : List.of("01", "02", "03")) {
            notebook.desk().exercises(lesson).forEach(name -> notebook.judged(lesson, name, 1, Verdict.SOLVED, ""));
        }
        notebook.record(MonthWorkbook.sampleRun().replaceFirst("HELD", "FAILED"));

        Score.Capstone capstone = notebook.score().capstone();

        assertThat(capstone.earned()).isEqualTo(10 * 6 / 7.0);
        assertThat(capstone.missing()).contains("Run it again");
    }

    @Test
    void aRecordThatCannotBeUnderstoodIsNone() throws IOException {
        for (String record : List.of(
                "",
                "null",
                "[]",
                "{",
                "{\"time\":\"yesterday\"}",
                "{\"seconds\":1}",
                MonthWorkbook.sampleRun().replace("\"toScore\"", "\"other\""),
                MonthWorkbook.sampleRun().replace("HELD", "MAYBE"))) {
            notebook.record(record);
            assertThat(CapstoneRun.last(notebook.desk())).as(record).isEmpty();
        }
        notebook.record(MonthWorkbook.sampleRun());
        assertThat(CapstoneRun.last(notebook.desk())).isPresent();
    }

    @Test
    void stretchExercisesAreShownAndCostNothing() throws IOException {
        notebook.add("11", "Extra");
        Score score = notebook.score();
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

    private ExerciseResult standing(String name) {
        return notebook.score()
                .standings()
                .filter(each -> each.exercise().equals("lesson01." + name))
                .findFirst()
                .orElseThrow();
    }

    private static Instant daysAgo(int days) {
        return MonthWorkbook.NOW.minus(Duration.ofDays(days));
    }
}
