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

/** {@code ./jbang quiz} as a learner sits at it; {@code -} is Enter. */
class QuizTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private LocalDate today = LocalDate.parse("2026-01-01");
    private TestWorkbook desk;

    @BeforeEach
    void open() {
        desk = new TestWorkbook(home);
        desk.write("QA.md", TestWorkbook.QA);
    }

    @Test
    void aSittingAsShown() {
        assertThat(quiz("- n it holds rows y - y", "--count", "2")).isZero();
        assertThat(out()).isEqualTo("""
                2 questions, 2 new. Answer aloud or in writing: only you judge it.

                1 of 2 · level 1 · State
                What is state?

                Enter shows the answer · s skips · q quits

                What a query remembers: `one row a key`.

                See it: ./jbang lessons/01-basics/Totals.java --fast
                See it: exercises/lesson01/src/test/java/lesson01/TotalsCheckpoint.java
                        aRowForEachKey
                More:   CONCEPTS.md#state

                Did you know it? y yes · n no · s skip · q quit
                It comes again before the end.

                2 of 2 · level 1 · Watermarks
                What is a watermark?

                Enter shows the answer · s skips · q quits

                The newest time less a bound (source (https://spark.apache.org)).

                More:   CONCEPTS.md#watermarks

                Did you know it? y yes · n no · s skip · q quit
                y yes · n no · s skip · q quit
                y yes · n no · s skip · q quit
                It comes again on 2026-01-02.

                Once more · level 1 · State
                What is state?

                Enter shows the answer · s skips · q quits

                What a query remembers: `one row a key`.

                See it: ./jbang lessons/01-basics/Totals.java --fast
                See it: exercises/lesson01/src/test/java/lesson01/TotalsCheckpoint.java
                        aRowForEachKey
                More:   CONCEPTS.md#state

                Did you know it? y yes · n no · s skip · q quit
                It comes again on 2026-01-02.

                1 known at once, 1 missed, 0 skipped.
                In all: 2 of 5 questions known, 0 due today.
                """);
        assertThat(recalls())
                .extracting(QuizAnswer::question, QuizAnswer::isKnown)
                .containsExactly(
                        tuple("what-is-state", false),
                        tuple("what-is-a-watermark", true),
                        tuple("what-is-state", true));
    }

    @Test
    void whatWasMissedIsAskedUntilItIsKnown() {
        quiz("- n - n - y", "--count", "1");
        assertThat(recalls()).extracting(QuizAnswer::isKnown).containsExactly(false, false, true);
        assertThat(out())
                .endsWith("0 known at once, 1 missed, 0 skipped.\n" + "In all: 1 of 5 questions known, 0 due today.\n");
    }

    @Test
    void theInputMayEndAnywhere() {
        assertThat(quiz("")).isZero();
        assertThat(quiz("-")).isZero();
        assertThat(quiz("- y -")).isZero();
        assertThat(recalls())
                .singleElement()
                .isEqualTo(new QuizAnswer(Instant.parse("2026-01-01T20:00:00Z"), "what-is-state", true));
        assertThat(out())
                .endsWith("1 known at once, 0 missed, 0 skipped.\n" + "In all: 1 of 5 questions known, 0 due today.\n");
    }

    @Test
    void whereNobodyCanReplyItEndsAsIfTheyHadQuit() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Bad file descriptor");
            }
        };
        assertThat(quiz(broken)).isZero();
        assertThat(out())
                .endsWith("0 known at once, 0 missed, 0 skipped.\n" + "In all: 0 of 5 questions known, 0 due today.\n");
        assertThat(quiz(input("\n\u00ca\u00fe\0\0\1\ny\n"))).isZero();
        assertThat(out())
                .contains("Did you know it?")
                .endsWith("0 known at once, 0 missed, 0 skipped.\n" + "In all: 0 of 5 questions known, 0 due today.\n");
        assertThat(recalls()).isEmpty();
    }

    /** With an installed JBang in JBang's place, which tells what it could read. */
    @Test
    void theLauncherMakesAnEmptyStandardInputOfOneThatIsClosed() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "Not shown: there is no bash here.");
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
    void whatIsSkippedIsNotRecordedAndWhoQuitsIsNotAskedAgain() {
        assertThat(quiz("s - skip q y y y")).isZero();
        assertThat(recalls()).isEmpty();
        assertThat(out())
                .contains("3 of 5", "0 known at once, 0 missed, 2 skipped.")
                .doesNotContain("4 of 5", "It depends.");
    }

    @Test
    void aWeekWithTheQuiz() {
        quiz("- y - n - y q", "--level", "1"); // state known; the watermark missed, then known

        today = today.plusDays(1);
        quiz("- y q", "watermarks");
        assertThat(out())
                .startsWith("2 questions, 1 new.")
                .contains(
                        "1 of 2 · level 1 · Watermarks",
                        "It comes again on 2026-01-05.",
                        "2 of 2 · level 2 · Watermarks, State stores",
                        "In all: 2 of 5 questions known, 1 due today.");

        quiz("- n", "state");
        assertThat(out()).startsWith("1 question, 0 new.").endsWith("In all: 1 of 5 questions known, 1 due today.\n");

        today = today.plusDays(3);
        quiz("q", "--count", "3");
        assertThat(out())
                .startsWith("3 questions, 1 new.")
                .contains("1 of 3 · level 1 · State\n")
                .endsWith("In all: 1 of 5 questions known, 2 due today.\n");
    }

    @Test
    void whereNothingIsDueItSaysWhenAndAsksOnlyIfTold() {
        quiz("- y - y", "--level", "1");

        assertThat(quiz("- y", "--level", "1")).isZero();
        assertThat(out())
                .isEqualTo("Nothing of it is due before 2026-01-02; --all asks all the same.\n"
                        + "In all: 2 of 5 questions known, 0 due today.\n");

        quiz("- y - n", "--level", "1", "--all");
        assertThat(out()).contains("It comes again on 2026-01-02.", "It comes again before the end.");
    }

    @Test
    void aTopicMayBeOfSeveralWords() {
        quiz("", "state", "stores");
        assertThat(out()).startsWith("2 questions, ").contains("Does a watermark bound state?");
    }

    @Test
    void aTopicThatIsNotThereIsAMistakeInTyping() {
        assertThat(quiz("", "watermrks")).isEqualTo(2);
        assertThat(err()).isEqualTo("""
                No question is about watermrks. There are questions about, the nearest first:
                Watermarks, Late rows, State stores, State
                """);
        assertThat(out()).isEmpty();
    }

    @Test
    void numbersThatMakeNoSenseAreMistakesInTyping() {
        assertThat(quiz("", "--level", "4")).isEqualTo(2);
        assertThat(quiz("", "--count", "0")).isEqualTo(2);
        assertThat(quiz("", "--count", "all")).isEqualTo(2);
        assertThat(err())
                .contains(
                        "There is no question of level 4 here. There are levels: 1, 2, 3\n",
                        "--count says how many questions to ask: 1 or more, not 0.\n",
                        "'all' is not an int");
    }

    @Test
    void whatIsRecordedLeavesTheExercisesAsTheyAre() {
        desk.judge(TestWorkbook.TOTALS, "class RunningTotals {}", Verdict.SOLVED);
        quiz("- y - n");
        assertThat(Progress.of(desk.desk()).contents().attempts()).hasSize(1);
        new CommandLine(new ListExercises(desk::desk, print())).execute("01");
        assertThat(out()).contains("1 of 1 solved.");
    }

    /** Sits down anew, so that only what this sitting prints is {@link #out()}. */
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
        Quiz quiz = new Quiz(desk::desk, clock, in, print());
        return new CommandLine(quiz)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    private List<QuizAnswer> recalls() {
        return Progress.of(desk.desk()).contents().quizAnswers();
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
