package workbook.check.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lesson00.EchoCheckpoint;
import lesson00.Runaway;
import lesson00.RunawayCheckpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Exercise;
import workbook.check.process.CheckListener;
import workbook.check.process.Limits;
import workbook.check.process.Supervisor;
import workbook.check.verdict.CheckResult;

/** Answers that loop, exit or run out of memory get their verdict, and so does the next answer. */
class SupervisorTest {

    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
    private static final Supervisor SUPERVISOR = Supervisor.start(
            new Limits(Duration.ofSeconds(60), 640, 3), new PrintStream(PRINTED, true, StandardCharsets.UTF_8));

    @BeforeEach
    void resetOutput() {
        PRINTED.reset();
    }

    @AfterEach
    void theNextCheckpointRuns() {
        assertThat(SUPERVISOR.check(EchoCheckpoint.class)).hasToString("SOLVED    lesson 00 Echo");
    }

    @AfterAll
    static void end() {
        SUPERVISOR.close();
    }

    @Test
    void anEndlessLoopTimesOut() {
        assertThat(check(Runaway.Loops.class, 4)).isEqualTo("""
                BROKEN    lesson 00 Runaway: the code did not finish within 4 s.

                  Step: the same numbers are emitted
                  It waits in Thread.sleep(), called in Runaway.java:N.
                  Does it loop, or wait for a stream to end? On a slow machine, raise the limit: -Dseconds=8
                  exercises/lesson00/src/main/java/lesson00/Runaway.java, line N

                  Hints: exercises/lesson00/hints/Runaway.md""");
    }

    /** A call has a sixth of the worker's time. It ignores that it is interrupted, so the worker is replaced. */
    @Test
    void aCallThatDoesNotReturnIsNamed() {
        assertThat(check(Runaway.Loops.class, 60)).isEqualTo("""
                BROKEN    lesson 00 Runaway: a call does not return.

                  The call has not returned after 10 s. It waits in Thread.sleep(), called in Runaway.java:N.
                  exercises/lesson00/src/main/java/lesson00/Runaway.java, line N
                  Step: the same numbers are emitted

                  Hints: exercises/lesson00/hints/Runaway.md""");
    }

    @Test
    void anEndlessLoopInATaskTimesOut() {
        assertThat(check(Runaway.LoopsInATask.class, 8)).contains("within 8 s", "Runaway.java, line N");
    }

    /** The classes are loaded from a folder, as {@code watch} does. */
    @Test
    void aStepThatPassesIsReportedAndAStaticFieldThatKeepsDataIsNamed() {
        List<String> early = new ArrayList<>();
        CheckListener listener = new CheckListener() {
            @Override
            public void passed(String step) {
                early.add(step);
            }

            @Override
            public void failed(CheckResult result) {
                early.add(result.verdict().name());
            }
        };
        CheckResult result =
                SUPERVISOR.check(new Exercise("lesson00.Remembers"), List.of(Path.of("target/test-classes")), listener);
        assertThat(early).containsExactly("the first number is emitted", "WRONG");
        assertThat(result.toString())
                .contains("failed: the second number is emitted")
                .endsWith("\n\n  This step passes when it runs alone: a static field keeps data from an earlier step.");
    }

    @Test
    void anExitIsReportedWithItsLine() {
        assertThat(check(Runaway.Exits.class, 30)).isEqualTo("""
                BROKEN    lesson 00 Runaway: the code exits its JVM.

                  Remove System.exit: return from the method instead.
                  exercises/lesson00/src/main/java/lesson00/Runaway.java, line N

                  Hints: exercises/lesson00/hints/Runaway.md""");
    }

    @Test
    void anExitInATaskIsReported() {
        assertThat(check(Runaway.ExitsInATask.class, 30)).contains("Remove System.exit", "Runaway.java, line N");
    }

    @Test
    void aHaltIsReportedWithItsExitCode() {
        assertThat(check(Runaway.Halts.class, 30)).isEqualTo("""
                BROKEN    lesson 00 Runaway: its JVM ended (exit code 7).

                  Does the code call Runtime.halt? Remove it: return from the method instead.
                  exercises/lesson00/src/main/java/lesson00/Runaway.java

                  Hints: exercises/lesson00/hints/Runaway.md""");
    }

    @Test
    void temporaryFilesOfAWorkerAreDeleted() {
        check(Runaway.LeavesAFileBehind.class, 30);
        Path left = Path.of(PRINTED.toString(StandardCharsets.UTF_8).strip());
        assertThat(left.toString()).contains(".workbook", "worker-").endsWith("behind");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(left));
    }

    @Test
    void memoryIsLimited() {
        assertThat(check(Runaway.RunsOutOfMemory.class, 60)).isEqualTo("""
                BROKEN    lesson 00 Runaway: the code ran out of memory (640 MB).

                  Does it keep every row in a collection?
                  exercises/lesson00/src/main/java/lesson00/Runaway.java

                  Hints: exercises/lesson00/hints/Runaway.md""");
    }

    @Test
    void outputIsLimited() {
        assertThat(check(Runaway.PrintsTooMuch.class, 60))
                .startsWith("WRONG     lesson 00 Runaway: failed: the same numbers are emitted");
        assertThat(PRINTED.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("line 1", "line 2", "line 3", "… and 999,997 more lines");
    }

    @Test
    void outputDoesNotAffectTheVerdict() {
        assertThat(check(Runaway.ClosesTheConsole.class, 60)).isEqualTo("SOLVED    lesson 00 Runaway");
        assertThat(PRINTED.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("{\"verdict\":\"WRONG\",\"reason\":\"\",\"isLast\":true}", "", "no end");
    }

    private static String check(Class<?> answer, int seconds) {
        return SUPERVISOR
                .check(RunawayCheckpoint.class, answer, Duration.ofSeconds(seconds))
                .toString()
                .replaceAll("(line |java:)\\d+", "$1N");
    }
}
