package workbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import workbook.check.progress.Progress;
import workbook.check.progress.QuizAnswer;
import workbook.check.verdict.Verdict;
import workbook.evaluate.exercises.TestWorkbook;
import workbook.kit.ProjectFolder;

/** {@code ./jbang quiz} with typed replies; {@code -} is Enter. */
class QuizTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private LocalDate today = LocalDate.parse("2026-01-01");
    private TestWorkbook workbook;

    @BeforeEach
    void open() {
        workbook = new TestWorkbook(home);
        workbook.write("QA.md", TestWorkbook.QA);
    }

    @Test
    void aSessionAsPrinted() {
        assertThat(quiz("- n it holds rows y - y", "--count", "2")).isZero();
        assertThat(out()).isEqualTo("""
                2 questions, 2 new. Answer aloud or in writing, then compare.

                1 of 2 · level 1 · State
                What is state?

                Enter shows the answer · s skips · q quits

                What a query stores: `one row per key`.

                Proof:  ./jbang lessons/01-basics/Totals.java --fast
                Proof:  exercises/lesson01/src/test/java/lesson01/TotalsCheckpoint.java
                        aRowForEachKey
                More:   CONCEPTS.md#state

                Did you know it? y yes · n no · s skip · q quit
                Asked again in this session.

                2 of 2 · level 1 · Watermarks
                What is a watermark?

                Enter shows the answer · s skips · q quits

                The latest event time minus a delay (source (https://spark.apache.org)).

                More:   CONCEPTS.md#watermarks

                Did you know it? y yes · n no · s skip · q quit
                y yes · n no · s skip · q quit
                y yes · n no · s skip · q quit
                Asked again on 2026-01-02.

                Again · level 1 · State
                What is state?

                Enter shows the answer · s skips · q quits

                What a query stores: `one row per key`.

                Proof:  ./jbang lessons/01-basics/Totals.java --fast
                Proof:  exercises/lesson01/src/test/java/lesson01/TotalsCheckpoint.java
                        aRowForEachKey
                More:   CONCEPTS.md#state

                Did you know it? y yes · n no · s skip · q quit
                Asked again on 2026-01-02.

                1 known at first try, 1 missed, 0 skipped.
                Total: 2 of 5 questions known, 0 due today.
                """);
        assertThat(answers())
                .extracting(QuizAnswer::question, QuizAnswer::isKnown)
                .containsExactly(
                        tuple("what-is-state", false),
                        tuple("what-is-a-watermark", true),
                        tuple("what-is-state", true));
    }

    @Test
    void aMissedQuestionIsAskedUntilItIsKnown() {
        quiz("- n - n - y", "--count", "1");
        assertThat(answers()).extracting(QuizAnswer::isKnown).containsExactly(false, false, true);
        assertThat(out())
                .endsWith("0 known at first try, 1 missed, 0 skipped.\n"
                        + "Total: 1 of 5 questions known, 0 due today.\n");
    }

    @Test
    void theInputMayEndAtAnyPoint() {
        assertThat(quiz("")).isZero();
        assertThat(quiz("-")).isZero();
        assertThat(quiz("- y -")).isZero();
        assertThat(answers())
                .singleElement()
                .isEqualTo(new QuizAnswer(Instant.parse("2026-01-01T20:00:00Z"), "what-is-state", true));
        assertThat(out())
                .endsWith("1 known at first try, 0 missed, 0 skipped.\n"
                        + "Total: 1 of 5 questions known, 0 due today.\n");
    }

    @Test
    void unreadableInputQuits() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Bad file descriptor");
            }
        };
        assertThat(quiz(broken)).isZero();
        assertThat(out())
                .endsWith("0 known at first try, 0 missed, 0 skipped.\n"
                        + "Total: 0 of 5 questions known, 0 due today.\n");
        assertThat(quiz(input("\n\u00ca\u00fe\0\0\1\ny\n"))).isZero();
        assertThat(out())
                .contains("Did you know it?")
                .endsWith("0 known at first try, 0 missed, 0 skipped.\n"
                        + "Total: 0 of 5 questions known, 0 due today.\n");
        assertThat(answers()).isEmpty();
    }

    /** Uses a stub as the installed JBang, which prints its input. */
    @Test
    void theLauncherReplacesAClosedStandardInputByAnEmptyOne() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "Skipped: there is no bash.");
        Path jbang = home.resolve("installed/jbang");
        Files.createDirectories(jbang.getParent());
        Files.writeString(jbang, "#!/bin/sh\necho \"$1 read: $(cat 2>&1)\"\n");
        assertThat(jbang.toFile().setExecutable(true)).isTrue();
        ProcessBuilder launcher = new ProcessBuilder("/bin/bash", "-c", "exec ./jbang quiz <&-")
                .directory(ProjectFolder.find().orElseThrow().toFile())
                .redirectErrorStream(true);
        launcher.environment().merge("PATH", jbang.getParent().toString(), (path, first) -> first + ":" + path);
        Process process = launcher.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("quiz read: \n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void skippedQuestionsAreNotRecordedAndQuittingEnds() {
        assertThat(quiz("s - skip q y y y")).isZero();
        assertThat(answers()).isEmpty();
        assertThat(out())
                .contains("3 of 5", "0 known at first try, 0 missed, 2 skipped.")
                .doesNotContain("4 of 5", "It depends.");
    }

    @Test
    void someDaysWithTheQuiz() {
        quiz("- y - n - y q", "--level", "1"); // state known; the watermark missed, then known

        today = today.plusDays(1);
        quiz("- y q", "watermarks");
        assertThat(out())
                .startsWith("2 questions, 1 new.")
                .contains(
                        "1 of 2 · level 1 · Watermarks",
                        "Asked again on 2026-01-05.",
                        "2 of 2 · level 2 · Watermarks, State stores",
                        "Total: 2 of 5 questions known, 1 due today.");

        quiz("- n", "state");
        assertThat(out()).startsWith("1 question, 0 new.").endsWith("Total: 1 of 5 questions known, 1 due today.\n");

        today = today.plusDays(3);
        quiz("q", "--count", "3");
        assertThat(out())
                .startsWith("3 questions, 1 new.")
                .contains("1 of 3 · level 1 · State\n")
                .endsWith("Total: 1 of 5 questions known, 2 due today.\n");
    }

    @Test
    void questionsThatAreNotDueAreAskedOnlyWithAll() {
        quiz("- y - y", "--level", "1");

        assertThat(quiz("- y", "--level", "1")).isZero();
        assertThat(out())
                .isEqualTo("No question is due before 2026-01-02. Use --all to be asked anyway.\n"
                        + "Total: 2 of 5 questions known, 0 due today.\n");

        quiz("- y - n", "--level", "1", "--all");
        assertThat(out()).contains("Asked again on 2026-01-02.", "Asked again in this session.");
    }

    @Test
    void aSubjectMayHaveSeveralWords() {
        quiz("", "state", "stores");
        assertThat(out()).startsWith("2 questions, ").contains("Does a watermark bound state?");
    }

    @Test
    void anUnknownSubjectIsAUsageError() {
        assertThat(quiz("", "watermrks")).isEqualTo(2);
        assertThat(err()).isEqualTo("""
                There are no questions on watermrks. Subjects, closest match first: Watermarks,
                Late rows, State stores, State
                """);
        assertThat(out()).isEmpty();
    }

    @Test
    void invalidNumbersAreUsageErrors() {
        assertThat(quiz("", "--level", "4")).isEqualTo(2);
        assertThat(quiz("", "--count", "0")).isEqualTo(2);
        assertThat(quiz("", "--count", "all")).isEqualTo(2);
        assertThat(err())
                .contains(
                        "There are no questions of level 4. Levels: 1, 2, 3\n",
                        "--count must be at least 1, not 0.\n",
                        "'all' is not an int");
    }

    @Test
    void quizAnswersDoNotChangeTheExercises() {
        workbook.attempt(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        quiz("- y - n");
        assertThat(Progress.of(workbook.workspace()).contents().attempts()).hasSize(1);
        new CommandLine(new ListExercises(workbook::workspace, print())).execute("01");
        assertThat(out()).contains("1 of 1 solved.");
    }

    /** Runs a session; {@link #out()} has only its output. */
    private int quiz(String typed, String... args) {
        String lines = typed.isEmpty()
                ? ""
                : String.join("\n", List.of(typed.replace("-", "").split(" ", -1))) + "\n";
        return quiz(input(lines), args);
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private int quiz(InputStream in, String... args) {
        out.reset();
        Clock clock = Clock.fixed(today.atTime(20, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        Quiz quiz = new Quiz(workbook::workspace, clock, in, print());
        return new CommandLine(quiz)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    private List<QuizAnswer> answers() {
        return Progress.of(workbook.workspace()).contents().quizAnswers();
    }

    private PrintStream print() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
