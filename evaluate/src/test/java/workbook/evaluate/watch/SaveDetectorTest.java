package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

/** The test moves the clock and polls: nothing depends on how fast it runs. */
class SaveDetectorTest {

    private static final Exercise EXERCISE = new Exercise("lesson01.LargePayments");
    private static final String BEFORE = "class LargePayments {}\n";
    private static final String AFTER = "class LargePayments { int limit; }\n";
    private static final Duration POLL = Duration.ofMillis(25);

    @TempDir
    private Path home;

    private Path file;
    private SaveDetector saves;
    private long now;

    @BeforeEach
    void watch() throws IOException {
        file = home.resolve(EXERCISE.source());
        Files.createDirectories(file.getParent());
        Files.writeString(file, BEFORE);
        saves = new SaveDetector(new Workspace(home), List.of(EXERCISE), () -> now);
    }

    @Test
    void aWholeFileIsSavedAtTheSecondPoll() throws IOException {
        Files.writeString(file, AFTER);
        assertThat(poll()).isEmpty();
        assertThat(saves.isSettled(EXERCISE)).isFalse();
        assertThat(poll()).containsExactly(EXERCISE);
        assertThat(saves.isSettled(EXERCISE)).isTrue();
        assertThat(poll()).isEmpty();
    }

    @Test
    void anEmptiedFileIsAwaitedUntilItIsWritten() throws IOException {
        Files.writeString(file, "");
        assertThat(poll()).isEmpty();
        assertThat(pollWithinGrace()).isEmpty();
        Files.writeString(file, AFTER);
        assertThat(poll()).isEmpty();
        assertThat(poll()).containsExactly(EXERCISE);
    }

    /** Each part is followed by a pause that is shorter than the grace period. */
    @Test
    void aFileThatIsWrittenInPartsIsSavedAsAWhole() throws IOException {
        for (int length = 0; length < AFTER.length() - 1; length += 5) {
            Files.writeString(file, AFTER.substring(0, length));
            assertThat(poll()).isEmpty();
            assertThat(pollWithinGrace()).isEmpty();
        }
        Files.writeString(file, AFTER);
        assertThat(poll()).isEmpty();
        assertThat(poll()).containsExactly(EXERCISE);
    }

    @Test
    void aFileThatStaysEmptyOrIncompleteIsSavedAfterTheGracePeriod() throws IOException {
        for (String text : List.of("", "class LargePayments {")) {
            Files.writeString(file, text);
            assertThat(poll()).isEmpty();
            assertThat(pollWithinGrace()).isEmpty();
            assertThat(poll()).containsExactly(EXERCISE);
            assertThat(poll()).isEmpty();
        }
    }

    @Test
    void aFileThatIsEmptiedAndWrittenUnchangedIsNotSaved() throws IOException {
        Files.writeString(file, "");
        assertThat(poll()).isEmpty();
        assertThat(saves.isSettled(EXERCISE)).isFalse();
        Files.writeString(file, BEFORE);
        assertThat(poll()).isEmpty();
        assertThat(poll()).isEmpty();
        assertThat(saves.isSettled(EXERCISE)).isTrue();
    }

    @Test
    void aFileThatIsDeletedAndCreatedIsSavedOnce() throws IOException {
        Files.delete(file);
        assertThat(poll()).isEmpty();
        assertThat(pollWithinGrace()).isEmpty();
        assertThat(poll()).isEmpty();
        Files.writeString(file, AFTER);
        assertThat(poll()).isEmpty();
        assertThat(poll()).containsExactly(EXERCISE);
    }

    /** Between two polls, nothing but the file itself shows that it is being written. */
    @Test
    void aFileIsNotSettledOnceItHasChangedSinceTheLastPoll() throws IOException {
        Files.writeString(file, "");
        assertThat(saves.isSettled(EXERCISE)).isFalse();
    }

    private List<Exercise> poll() {
        now += POLL.toNanos();
        return saves.poll();
    }

    /** Polls at the last moment of the grace period, counted from the poll before. */
    private List<Exercise> pollWithinGrace() {
        now += SaveDetector.GRACE.minus(POLL).toNanos();
        return saves.poll();
    }
}
