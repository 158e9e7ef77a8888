package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Progress;
import workbook.evaluate.WatchForTests;

/**
 * A session of {@code watch} on a real terminal, with good and bad answers; the screen is compared with a golden file.
 */
class WatchSessionTest {

    private static final Path SCREEN = Path.of("src/test/resources/workbook/evaluate/watch/watch-session.txt");
    private static final String EXERCISE = "lesson01.RunningTotals";
    private static final String BODY = "return payments";

    @TempDir
    private Path folder;

    private WorkbookCopy workbook;
    private CommandProcess watching;
    private String answer;
    private int verdicts;

    @Test
    void theScreenIsAsExpected() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/script")),
                "Skipped: there is no 'script' command to create a terminal.");
        workbook = WorkbookCopy.copyTo(folder.resolve("a workbook"));
        answer = workbook.answer(EXERCISE);
        try (CommandProcess started = CommandProcess.onTerminal(WatchForTests.class, workbook.home(), "01")) {
            watching = started;
            started.await("file", 1);
            runSession();
            started.press('q');
            assertThat(started.exitCode()).isZero();
            assertThat(masked(started.output())).isEqualTo(golden(masked(started.output())));
        }
        assertThat(Progress.of(new Workspace(workbook.home())).contents().attempts())
                .extracting(attempt -> attempt.verdict().name())
                .containsExactly("WRONG", "SOLVED", "BROKEN", "BROKEN", "SOLVED", "UNSOLVED");
    }

    @Test
    void theReadmeShowsAPartOfTheScreen() throws IOException {
        String screen = Files.readString(SCREEN);
        String first = screen.substring(screen.indexOf("Checking RunningTotals"), screen.indexOf("\n\n0 of 3 solved"));
        assertThat(masked(Files.readString(Path.of("../README.md")))).contains("```\n" + first + "\n```\n");
    }

    private void runSession() throws IOException {
        save(answer.replace("sum(\"amount\")", "sum(payments.col(\"amount\").cast(\"double\"))"));
        press('h', "hint 1");
        save(answer.replace("\"customer\")", "\"customer)"));
        save(answer);
        press('n', "LargePayments");

        workbook.save(EXERCISE, instead("for (System.out.println(\"forever\");;) {}"));
        watching.await("forever", 1);
        workbook.save(EXERCISE, instead("System.exit(3);"));
        verdict();
        save(instead("for (java.util.List<long[]> all = new java.util.ArrayList<>();;) all.add(new long[1_000_000]);"));
        save("");
        save(answer);

        press('x', "Press x again");
        watching.press('x');
        verdict();
        press('l', "01 · ");
    }

    private String instead(String statement) {
        return answer.replace(BODY, "if (payments != null) " + statement + "\n        " + BODY);
    }

    private void save(String text) throws IOException {
        workbook.save(EXERCISE, text);
        verdict();
    }

    private void verdict() {
        watching.await("solved in lesson 01", ++verdicts);
    }

    private void press(char key, String seen) throws IOException {
        watching.press(key);
        watching.await(seen, 1);
    }

    /** Masks durations, times and the number of ticks, which is that of the checkpoint's steps. */
    private static String masked(String screen) {
        return screen.replaceAll("✓( ✓)+", "✓ ✓ …")
                        .replaceAll("\\(\\d+\\.\\d s\\)", "(0.0 s)")
                        .replaceAll("\\d{8}T\\d{6}Z", "20260101T000000Z")
                        .strip()
                + "\n";
    }

    private static String golden(String screen) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(SCREEN.getParent());
            Files.writeString(SCREEN, screen);
        }
        return Files.readString(SCREEN);
    }
}
