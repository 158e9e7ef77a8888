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

/** The loop and the grader, in turn, killed at any moment of a busy day; {@code -Dkills=200} kills them more often. */
class KillTest {

    private static final String LESSON = "01";
    private static final List<String> EXERCISES =
            List.of("lesson01.LargePayments", "lesson01.PickUpWhereYouStopped", "lesson01.RunningTotals");
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int SOON_MILLIS = 300;
    /** About how long both take to get ready and judge for the first time. */
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
    void whatTheyHaveToldIsNeverLost() throws Exception {
        Progress progress = Progress.of(new Workspace(workbook.home()));
        int told = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            told += kill % 2 == 0 ? toldByWatch() : toldByGrade();
            List<Attempt> attempts = progress.contents().attempts();
            assertThat(attempts).hasSizeGreaterThanOrEqualTo(told).hasSizeLessThanOrEqualTo(told + kill + 1);
            assertThat(attempts)
                    .extracting(attempt -> attempt.hashes().source())
                    .doesNotHaveDuplicates();
        }
    }

    /** How many verdicts it has told; it may have judged one more, or not. */
    private int toldByWatch() throws Exception {
        try (CommandProcess watching = CommandProcess.withoutTerminal(WatchForTests.class, workbook.home(), LESSON)) {
            watching.await("file", 1);
            int verdicts = 1 + random.nextInt(4);
            for (int i = 1; i <= verdicts; i++) {
                edit(EXERCISES.get(2));
                watching.await("is judged", i);
                watching.await("in all.", i - 1);
            }
            return killed(watching, verdicts == 1, "in all.");
        }
    }

    private int toldByGrade() throws Exception {
        for (String exercise : EXERCISES) {
            edit(exercise);
        }
        try (CommandProcess watching =
                CommandProcess.withoutTerminal(WatchForTests.Grading.class, workbook.home(), "--lesson", LESSON)) {
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

    /** A starter of another text, whose source is nobody else's. */
    private void edit(String exercise) throws Exception {
        workbook.save(exercise, workbook.starter(exercise) + "// " + edits++ + "\n");
    }
}
