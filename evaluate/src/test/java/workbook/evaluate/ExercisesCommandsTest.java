package workbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import workbook.check.progress.AnswerRevealed;
import workbook.check.progress.Progress;
import workbook.check.verdict.Verdict;
import workbook.evaluate.exercises.TestWorkbook;

/** {@code list}, {@code hint}, {@code reset} and {@code solution}, as a learner types them. */
class ExercisesCommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T20:00:00Z");
    private static final String ANSWER = "/** Why it works. */\nclass HourlyRevenue {}\n";

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TestWorkbook desk;

    @BeforeEach
    void open() {
        desk = new TestWorkbook(home);
        desk.write("solutions/lesson05/src/main/java/lesson05/HourlyRevenue.java", ANSWER);
    }

    @Test
    void listShowsHowEveryExerciseStandsAndWhichIsNext() {
        desk.judge(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.WRONG);

        assertThat(list()).isZero();

        assertThat(out()).isEqualTo("""
                01 · Basics
                  solved   RunningTotals

                05 · Watermarks: when is an hour over?
                  wrong    HourlyRevenue        what each terminal took
                  not yet  DeduplicatePayments  every payment once

                1 of 3 solved. Next: HourlyRevenue
                  page  lessons/05-watermarks/README.md
                  file  exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java
                """);
    }

    @Test
    void listMayShowOneLesson() {
        assertThat(list("1")).isZero();
        assertThat(out())
                .contains("RunningTotals", "0 of 1 solved. Next: RunningTotals")
                .doesNotContain("Watermarks");
    }

    @Test
    void listSaysWhatARareMarkMeans() {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue { int more; }");
        desk.delete(TestWorkbook.TOTALS.source());

        list();

        assertThat(out())
                .contains(
                        "  missing  RunningTotals",
                        "  changed  HourlyRevenue",
                        "changed: the file, or what judges it, is no longer what was judged.\n"
                                + "missing: the file is not there; './jbang reset' and its name bring it back.\n0 of 3 solved.");
    }

    @Test
    void listNamesNoNextWhereAllIsDone() {
        desk.judge(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        list("01");
        assertThat(out()).endsWith("\n1 of 1 solved.\n");
    }

    @Test
    void aLessonThatIsNotThereIsAMistakeInTyping() {
        assertThat(list("99")).isEqualTo(2);
        assertThat(err()).isEqualTo("There is no lesson 99 with exercises. There are: 01, 05\n");
    }

    @Test
    void everyCommandKeepsTheStartersItSees() {
        list();
        assertThat(desk.read(".workbook/starters/lesson05/HourlyRevenue.java"))
                .isEqualTo(TestWorkbook.starter(TestWorkbook.REVENUE));
    }

    @Test
    void hintsComeOneByOneOrByNumberOrAll() {
        assertThat(hint("hourlyrevenue")).isZero();
        assertThat(hint("HourlyRevenue")).isZero();
        assertThat(out()).containsSubsequence("hint 1 · A nudge", "Think.", "hint 2 · The idea", "Wait.");

        out.reset();
        hint("HourlyRevenue", "1");
        assertThat(out()).contains("Think.").doesNotContain("Wait.");

        out.reset();
        hint("HourlyRevenue", "--all");
        assertThat(out()).contains("Think.", "Wait.", "`withWatermark`");
    }

    @Test
    void aHintThatIsNotThereIsAMistakeInTyping() {
        assertThat(hint("HourlyRevenue", "4")).isEqualTo(2);
        assertThat(err()).isEqualTo("HourlyRevenue has the hints 1 to 3.\n");
    }

    @Test
    void aPageOfHintsThatIsNotThereIsAFailure() {
        desk.delete(TestWorkbook.REVENUE.hint());
        assertThat(hint("HourlyRevenue")).isEqualTo(1);
        assertThat(err()).startsWith("There are no hints for HourlyRevenue");
    }

    @Test
    void anExerciseThatIsNotThereIsAMistakeInTyping() {
        assertThat(hint("HourlyRevenu")).isEqualTo(2);
        assertThat(reset("HourlyRevenu")).isEqualTo(2);
        assertThat(solution("HourlyRevenu")).isEqualTo(2);
        assertThat(err()).isEqualTo("There is no exercise HourlyRevenu. Did you mean HourlyRevenue?\n".repeat(3));
    }

    @Test
    void resetBringsTheStarterBackAndSaysWhereTheOtherIs() {
        list();
        out.reset();
        desk.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue {}");

        assertThat(reset("HourlyRevenue")).isZero();

        assertThat(out())
                .isEqualTo("exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java is the starter again.\n"
                        + "Your version is kept: .workbook/kept/lesson05/HourlyRevenue-20260101T200000Z.java\n");
        assertThat(desk.read(TestWorkbook.REVENUE.source())).isEqualTo(TestWorkbook.starter(TestWorkbook.REVENUE));
        assertThat(desk.read(".workbook/kept/lesson05/HourlyRevenue-20260101T200000Z.java"))
                .isEqualTo("class HourlyRevenue {}");
    }

    @Test
    void resetSaysWhereNoStarterIsToBeFound() {
        desk.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue {}");
        assertThat(reset("HourlyRevenue")).isEqualTo(1);
        assertThat(err()).startsWith("The starter of HourlyRevenue is neither in git's history nor in");
    }

    @Test
    void theAnswerIsShownToWhoeverOnceSolvedIt() {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue { int other; }", Verdict.WRONG);

        assertThat(solution("HourlyRevenue")).isZero();

        assertThat(out()).isEqualTo("solutions/lesson05/src/main/java/lesson05/HourlyRevenue.java\n\n" + ANSWER);
        assertThat(Progress.of(desk.desk()).contents().revealedAnswers()).isEmpty();
    }

    @Test
    void theAnswerIsNotShownBefore() {
        desk.judge(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.WRONG);
        desk.judge(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);

        assertThat(solution("HourlyRevenue")).isEqualTo(1);

        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo("""
                HourlyRevenue is not solved yet, and its answer is shown once it is.
                A hint may do: ./jbang hint HourlyRevenue
                To see the answer all the same: ./jbang solution HourlyRevenue --give-up
                """);
        assertThat(Progress.of(desk.desk()).contents().revealedAnswers()).isEmpty();
    }

    @Test
    void whoGivesUpSeesTheAnswerAndIsRememberedOnce() {
        assertThat(solution("HourlyRevenue", "--give-up")).isZero();
        assertThat(solution("HourlyRevenue", "--give-up")).isZero();
        assertThat(solution("HourlyRevenue")).isZero();

        assertThat(out()).contains("Why it works.");
        assertThat(Progress.of(desk.desk()).contents().revealedAnswers())
                .containsExactly(new AnswerRevealed(NOW, "lesson05.HourlyRevenue"));
    }

    @Test
    void whoGivesUpWhereThereIsNoAnswerHasNotGivenUp() {
        assertThat(solution("RunningTotals", "--give-up")).isEqualTo(1);
        assertThat(err())
                .isEqualTo("The answer is not here: this copy of the workbook has no "
                        + "solutions/lesson01/src/main/java/lesson01/RunningTotals.java.\n");
        assertThat(Progress.of(desk.desk()).contents().revealedAnswers()).isEmpty();
    }

    private int list(String... args) {
        return run(new ListExercises(desk::desk, print()), args);
    }

    private int hint(String... args) {
        return run(new Hint(desk::desk, print()), args);
    }

    private int reset(String... args) {
        return run(new Reset(desk::desk, clock(), print()), args);
    }

    private int solution(String... args) {
        return run(new Solution(desk::desk, clock(), print()), args);
    }

    private int run(Callable<Integer> command, String... args) {
        return new CommandLine(command)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    private PrintStream print() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private String out() {
        return lines(out);
    }

    private String err() {
        return lines(err);
    }

    private static String lines(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
