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

/** The commands {@code list}, {@code hint}, {@code reset} and {@code solution}. */
class ExercisesCommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T20:00:00Z");
    private static final String ANSWER = "/** Why it works. */\nclass HourlyRevenue {}\n";

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TestWorkbook workbook;

    @BeforeEach
    void open() {
        workbook = new TestWorkbook(home);
        workbook.write("solutions/lesson05/src/main/java/lesson05/HourlyRevenue.java", ANSWER);
    }

    @Test
    void listShowsTheStatusOfEveryExerciseAndTheNextOne() {
        workbook.attempt(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.WRONG);

        assertThat(list()).isZero();

        assertThat(out()).isEqualTo("""
                01 · Basics
                  solved   RunningTotals

                05 · Watermarks: when is an hour over?
                  wrong    HourlyRevenue        what each terminal took
                  open     DeduplicatePayments  every payment once

                1 of 3 solved. Next: HourlyRevenue
                  page  lessons/05-watermarks/README.md
                  file  exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java
                """);
    }

    @Test
    void listShowsOneLesson() {
        assertThat(list("1")).isZero();
        assertThat(out())
                .contains("RunningTotals", "0 of 1 solved. Next: RunningTotals")
                .doesNotContain("Watermarks");
    }

    @Test
    void listExplainsRareStatuses() {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        workbook.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue { int more; }");
        workbook.delete(TestWorkbook.TOTALS.source());

        list();

        assertThat(out())
                .contains(
                        "  missing  RunningTotals",
                        "  changed  HourlyRevenue",
                        "changed: the file or its checkpoint has changed since the last check.\n"
                                + "missing: the file does not exist; './jbang reset <exercise>' restores it.\n0 of 3 solved.");
    }

    @Test
    void listShowsNoNextExerciseWhenAllAreSolved() {
        workbook.attempt(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        list("01");
        assertThat(out()).endsWith("\n1 of 1 solved.\n");
    }

    @Test
    void anUnknownLessonIsAUsageError() {
        assertThat(list("99")).isEqualTo(2);
        assertThat(err()).isEqualTo("There is no lesson 99 with exercises. There are: 01, 05\n");
    }

    @Test
    void everyCommandCopiesTheStarters() {
        list();
        assertThat(workbook.read(".workbook/starters/lesson05/HourlyRevenue.java"))
                .isEqualTo(TestWorkbook.starter(TestWorkbook.REVENUE));
    }

    @Test
    void hintsAreShownOneByOneByNumberOrAll() {
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
    void anUnknownHintIsAUsageError() {
        assertThat(hint("HourlyRevenue", "4")).isEqualTo(2);
        assertThat(err()).isEqualTo("HourlyRevenue has hints 1 to 3.\n");
    }

    @Test
    void missingHintsAreAFailure() {
        workbook.delete(TestWorkbook.REVENUE.hint());
        assertThat(hint("HourlyRevenue")).isEqualTo(1);
        assertThat(err()).startsWith("There are no hints for HourlyRevenue");
    }

    @Test
    void anUnknownExerciseIsAUsageError() {
        assertThat(hint("HourlyRevenu")).isEqualTo(2);
        assertThat(reset("HourlyRevenu")).isEqualTo(2);
        assertThat(solution("HourlyRevenu")).isEqualTo(2);
        assertThat(err()).isEqualTo("There is no exercise HourlyRevenu. Did you mean HourlyRevenue?\n".repeat(3));
    }

    @Test
    void resetRestoresTheStarterAndPrintsTheKeptFile() {
        list();
        out.reset();
        workbook.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue {}");

        assertThat(reset("HourlyRevenue")).isZero();

        assertThat(out())
                .isEqualTo("Restored the starter: exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java\n"
                        + "Your version is kept in .workbook/kept/lesson05/HourlyRevenue-20260101T200000Z.java\n");
        assertThat(workbook.read(TestWorkbook.REVENUE.source())).isEqualTo(TestWorkbook.starter(TestWorkbook.REVENUE));
        assertThat(workbook.read(".workbook/kept/lesson05/HourlyRevenue-20260101T200000Z.java"))
                .isEqualTo("class HourlyRevenue {}");
    }

    @Test
    void resetWithoutAStarterFails() {
        workbook.write(TestWorkbook.REVENUE.source(), "class HourlyRevenue {}");
        assertThat(reset("HourlyRevenue")).isEqualTo(1);
        assertThat(err()).startsWith("The starter of HourlyRevenue is neither in the Git history nor in");
    }

    @Test
    void theSolutionIsShownOnceTheExerciseWasSolved() {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.SOLVED);
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue { int other; }", Verdict.WRONG);

        assertThat(solution("HourlyRevenue")).isZero();

        assertThat(out()).isEqualTo("solutions/lesson05/src/main/java/lesson05/HourlyRevenue.java\n\n" + ANSWER);
        assertThat(Progress.of(workbook.workspace()).contents().revealedAnswers())
                .isEmpty();
    }

    @Test
    void theSolutionIsNotShownBefore() {
        workbook.attempt(TestWorkbook.REVENUE, "class HourlyRevenue {}", Verdict.WRONG);
        workbook.attempt(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);

        assertThat(solution("HourlyRevenue")).isEqualTo(1);

        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo("""
                HourlyRevenue is not solved yet. The solution is shown after you have solved it.
                For a hint: ./jbang hint HourlyRevenue
                To see the solution now: ./jbang solution HourlyRevenue --give-up
                """);
        assertThat(Progress.of(workbook.workspace()).contents().revealedAnswers())
                .isEmpty();
    }

    @Test
    void givingUpShowsTheSolutionAndIsRecordedOnce() {
        assertThat(solution("HourlyRevenue", "--give-up")).isZero();
        assertThat(solution("HourlyRevenue", "--give-up")).isZero();
        assertThat(solution("HourlyRevenue")).isZero();

        assertThat(out()).contains("Why it works.");
        assertThat(Progress.of(workbook.workspace()).contents().revealedAnswers())
                .containsExactly(new AnswerRevealed(NOW, "lesson05.HourlyRevenue"));
    }

    @Test
    void givingUpWithoutASolutionIsNotRecorded() {
        assertThat(solution("RunningTotals", "--give-up")).isEqualTo(1);
        assertThat(err())
                .isEqualTo("This copy of the workbook has no solution "
                        + "solutions/lesson01/src/main/java/lesson01/RunningTotals.java.\n");
        assertThat(Progress.of(workbook.workspace()).contents().revealedAnswers())
                .isEmpty();
    }

    private int list(String... args) {
        return run(new ListExercises(workbook::workspace, print()), args);
    }

    private int hint(String... args) {
        return run(new Hint(workbook::workspace, print()), args);
    }

    private int reset(String... args) {
        return run(new Reset(workbook::workspace, clock(), print()), args);
    }

    private int solution(String... args) {
        return run(new Solution(workbook::workspace, clock(), print()), args);
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
