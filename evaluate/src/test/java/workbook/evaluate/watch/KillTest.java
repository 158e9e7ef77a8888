package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.Attempt;
import workbook.check.Desk;
import workbook.check.Progress;
import workbook.evaluate.Watch;

/** The loop, killed at any moment of a busy day; {@code -Dkills=200} kills it more often. */
class KillTest {

    private static final String EXERCISE = "lesson01.RunningTotals";
    private static final int KILLS = Integer.getInteger("kills", 2);

    @TempDir
    private Path folder;

    @Test
    void whatItHasToldIsNeverLost() throws Exception {
        Workbook workbook = Workbook.copyTo(folder.resolve("a workbook"));
        String starter = workbook.starter(EXERCISE);
        Progress progress = Progress.of(new Desk(workbook.home()));
        Random random = new Random(10);
        int told = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Watching watching = Watching.withoutTerminal(Watch.class, workbook.home(), "01")) {
                watching.await("file", 1);
                int verdicts = 1 + random.nextInt(4);
                for (int i = 0; i < verdicts; i++) {
                    workbook.save(EXERCISE, starter + "// " + kill + "." + i + "\n");
                    watching.await("is judged", i + 1);
                    if (i + 1 < verdicts) {
                        watching.await("in all.", i + 1);
                    }
                }
                Thread.sleep(random.nextInt(verdicts == 1 ? 6_000 : 300)); // it may have judged the last one, or not
                watching.kill();
                told += watching.times("in all.");
            }
            List<Attempt> attempts = progress.contents().attempts();
            assertThat(attempts).hasSizeGreaterThanOrEqualTo(told).hasSizeLessThanOrEqualTo(told + kill + 1);
            assertThat(attempts).extracting(attempt -> attempt.hashes().source()).doesNotHaveDuplicates();
        }
    }
}
