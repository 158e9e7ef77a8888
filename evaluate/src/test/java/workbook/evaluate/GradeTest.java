package workbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import workbook.evaluate.month.MonthWorkbook;
import workbook.evaluate.month.StubChecker;

/** {@code ./jbang grade} with a stub that checks the exercises. */
class GradeTest {

    @TempDir
    private Path home;

    private MonthWorkbook workbook;
    private StubChecker checker;
    private String out;
    private String err;

    @BeforeEach
    void open() throws IOException {
        workbook = MonthWorkbook.in(home);
    }

    @Test
    void startersScoreNothing() throws IOException {
        assertThat(grade()).isZero();
        assertThat(total()).isZero();
        assertThat(out)
                .contains(
                        "UNSOLVED  lesson 01 First: not solved yet",
                        "0 of 100",
                        "lesson 01  0 of 3",
                        "Next: lesson 01 First",
                        "lessons/01-title/README.md",
                        "./jbang watch First",
                        "Report: target/evaluate/month-10.html");
    }

    @Test
    void theQuizIsShownAndEarnsNothing() throws IOException {
        workbook.quiz(0);
        grade();
        assertThat(out).contains("\n  Quiz: 1 of 5 questions known, 1 due today.\n");
        assertThat(total()).isZero();
    }

    @Test
    void theCapstoneScoresNothingWithoutExercises() throws IOException {
        workbook.runCapstone();
        grade();
        assertThat(total()).isZero();
        assertThat(out).contains("Its points count once 5 exercises are solved; you have 0.");
    }

    @Test
    void aSolvedWeekScoresItsPoints() throws IOException {
        workbook.solve("01", "02");
        grade();
        assertThat(week(0).get("earned").asDouble()).isEqualTo(20);
        assertThat(week(1).get("earned").asDouble()).isZero();
        assertThat(total()).isEqualTo(100 * 20 / 55.0);
        assertThat(out)
                .contains(
                        "[##############################]  20 of 20 points",
                        "0 of 25 points",
                        "no exercises yet",
                        "Not run yet: ./jbang fraud");
    }

    @Test
    void allExercisesAndTheCapstoneScore100() throws IOException {
        workbook.solve("01", "02", "03");
        grade();
        assertThat(total()).isEqualTo(100 * 45 / 55.0);
        assertThat(out).contains("Next: the capstone", "./jbang fraud");

        workbook.runCapstone();
        grade();
        assertThat(total()).isEqualTo(100);
        assertThat(out).contains("100 of 100", "✔ Kafka produces and consumes", "Everything is done.");
    }

    @Test
    void anEmptiedFileLosesItsPoints() throws IOException {
        workbook.solve("01", "02", "03");
        workbook.runCapstone();
        grade();

        workbook.empty("03", "Second");
        grade();

        assertThat(week(1).get("earned").asDouble()).isEqualTo(25 * 2 / 3.0);
        assertThat(total()).isEqualTo(100 * (20 + 10 + 25 * 2 / 3.0) / 55);
    }

    @Test
    void onlyChangedExercisesAreChecked() throws IOException {
        grade();
        assertThat(checker.checked()).hasSize(9);

        workbook.answer("02", "Second", "solved");
        grade();

        assertThat(checker.checked()).containsExactly("Second");
        assertThat(checker.isClosed()).isTrue();
        assertThat(out).contains("UNSOLVED  lesson 01 First, unchanged", "SOLVED    lesson 02 Second");
    }

    @Test
    void withoutChangesNoCheckerIsStarted() {
        grade();
        grade();
        assertThat(checker).isNull();
    }

    @Test
    void freshChecksAllExercises() {
        grade();
        grade("--fresh");
        assertThat(checker.checked()).hasSize(9);
    }

    @Test
    void aWrongAnswerIsOneLine() throws IOException {
        workbook.answer("01", "First", "wrong: AddsTwice");
        grade();
        assertThat(out).contains("WRONG     lesson 01 First: failed: a step\n").doesNotContain("1 came out");
    }

    @Test
    void oneLesson() throws IOException {
        workbook.answer("02", "Third", "solved");
        assertThat(grade("--lesson", "02")).isZero();
        assertThat(checker.checked()).containsExactly("First", "Second", "Third");
        assertThat(out)
                .contains("lesson 02", "1 of 3 solved", "SOLVED      Third")
                .doesNotContain("week 1", "capstone");
    }

    @Test
    void anUnknownLesson() {
        assertThat(grade("--lesson", "9")).isEqualTo(2);
        assertThat(err).contains("There is no lesson 09 with exercises. There are: 01, 02, 03");
    }

    @Test
    void aLessonOutsideOfTheMonth() throws IOException {
        workbook.add("99", "Other");
        assertThat(grade("--lesson", "99")).isEqualTo(2);
        assertThat(err).contains("Lesson 99 is not part of month 10.");
    }

    @Test
    void anotherMonth() {
        assertThat(grade("--month", "9")).isEqualTo(2);
        assertThat(err).isEqualToIgnoringNewLines("This workbook has only month 10, not 9.");
        assertThat(checker).isNull();
    }

    @Test
    void aScoreBelowTheLimitFails() throws IOException {
        workbook.solve("01", "02");
        assertThat(grade("--fail-under", "36.3")).isZero();
        assertThat(grade("--fail-under", "36.4")).isEqualTo(1);
        assertThat(out).contains("The score is 36.3, below --fail-under 36.4.");
    }

    @Test
    void aLessonScoreBelowTheLimitFails() throws IOException {
        workbook.solve("02");
        assertThat(grade("--lesson", "02", "--fail-under", "100")).isZero();
        assertThat(grade("--lesson", "01", "--fail-under", "1")).isEqualTo(1);
    }

    @Test
    void theCapstoneRunsFirst() throws IOException {
        Path record = Files.writeString(home.resolve("run.json"), MonthWorkbook.sampleRun());
        Path launcher = Files.writeString(
                home.resolve("jbang"),
                "#!/bin/sh\n[ \"$*\" = 'fraud --for 60s' ] || exit 3\n" + "mkdir -p .workbook/capstone && cp '" + record
                        + "' .workbook/capstone/last-run.json\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();

        assertThat(grade("--capstone")).isZero();

        assertThat(out).contains("✔ Kafka produces and consumes");
    }

    @Test
    void anInvalidMonthFileIsReported() throws IOException {
        Files.writeString(home.resolve("evaluate/month-10.json"), "{\"month\": 10}");
        assertThat(grade()).isEqualTo(1);
        assertThat(err).contains("month-10.json is invalid");
    }

    private int grade(String... args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        StringWriter errors = new StringWriter();
        checker = null;
        Grade grade = new Grade(
                () -> checker = new StubChecker(workbook.workspace()),
                workbook.workspace(),
                MonthWorkbook.clock(),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        int code = new CommandLine(grade).setErr(new PrintWriter(errors, true)).execute(args);
        out = printed.toString(StandardCharsets.UTF_8);
        err = errors.toString();
        return code;
    }

    private double total() throws IOException {
        return report().get("total").asDouble();
    }

    private JsonNode week(int index) throws IOException {
        return report().get("weeks").get(index);
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper()
                .readTree(home.resolve("target/evaluate/month-10.json").toFile());
    }
}
