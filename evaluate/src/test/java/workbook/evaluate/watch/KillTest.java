package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Attempt;
import workbook.check.progress.Progress;
import workbook.evaluate.WatchForTests;

/** Kills {@code watch} and {@code grade} at random moments; {@code -Dkills=200} does so more often. */
class KillTest {

    private static final String LESSON = "01";
    private static final List<String> EXERCISES =
            List.of("lesson01.LargePayments", "lesson01.PickUpWhereYouStopped", "lesson01.RunningTotals");
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int SOON_MILLIS = 300;
    /** About the time that both take until their first verdict. */
    private static final int FIRST_MILLIS = 6_000;

    private final Random random = new Random(10);
    private WorkbookCopy workbook;
    private int edits;

    @TempDir
    private Path folder;

    @BeforeEach
    void copyTheWorkbook() throws Exception {
        workbook = WorkbookCopy.copyTo(folder.resolve("a workbook"));
    }

    @Test
    void printedVerdictsAreNeverLost() throws Exception {
        Progress progress = Progress.of(new Workspace(workbook.home()));
        int printed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            printed += kill % 2 == 0 ? printedByWatch() : printedByGrade();
            List<Attempt> attempts = progress.contents().attempts();
            assertThat(attempts).hasSizeGreaterThanOrEqualTo(printed).hasSizeLessThanOrEqualTo(printed + kill + 1);
            assertThat(attempts)
                    .extracting(attempt -> attempt.hashes().source())
                    .doesNotHaveDuplicates();
        }
    }

    /** The number of printed verdicts; one more may be recorded. */
    private int printedByWatch() throws Exception {
        try (CommandProcess watching = CommandProcess.withoutTerminal(WatchForTests.class, workbook.home(), LESSON)) {
            watching.await("file", 1);
            int verdicts = 1 + random.nextInt(4);
            for (int i = 1; i <= verdicts; i++) {
                edit(EXERCISES.get(2));
                watching.await("Checking ", i);
                watching.await("in total.", i - 1);
            }
            return killed(watching, verdicts == 1, "in total.");
        }
    }

    private int printedByGrade() throws Exception {
        for (String exercise : EXERCISES) {
            edit(exercise);
        }
        try (CommandProcess watching = CommandProcess.withoutTerminal(
                WatchForTests.GradeForTests.class, workbook.home(), "--lesson", LESSON)) {
            String verdict = "UNSOLVED  lesson " + LESSON;
            int verdicts = random.nextInt(EXERCISES.size() + 1);
            watching.await(verdict, verdicts);
            return killed(watching, verdicts == 0, verdict);
        }
    }

    private int killed(CommandProcess watching, boolean isStarting, String verdict) throws InterruptedException {
        Thread.sleep(random.nextInt(isStarting ? FIRST_MILLIS : SOON_MILLIS));
        watching.kill();
        return watching.times(verdict);
    }

    /** Saves a starter with a unique text. */
    private void edit(String exercise) throws Exception {
        workbook.save(exercise, workbook.starter(exercise) + "// " + edits++ + "\n");
    }
}
