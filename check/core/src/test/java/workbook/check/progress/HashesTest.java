package workbook.check.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Desk;
import workbook.check.catalog.Exercise;
import workbook.check.progress.Hashes;

class HashesTest {

    private static final Exercise EXERCISE = new Exercise("lesson01.RunningTotals");

    @TempDir
    private Path home;

    private Path source;

    @BeforeEach
    void write() throws Exception {
        source = home.resolve(EXERCISE.source());
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class RunningTotals {\n}\n");
    }

    private Hashes hashes() {
        return Hashes.of(new Desk(home), EXERCISE);
    }

    @Test
    void theyChangeWithTheTextAndNotWithWhatSeparatesItsLines() throws Exception {
        Hashes before = hashes();
        Files.writeString(source, "class RunningTotals {\r\n}\r\n");
        assertThat(hashes()).isEqualTo(before);
        Files.writeString(source, "class RunningTotals { }\n");
        assertThat(hashes().source()).isNotEqualTo(before.source());
        assertThat(hashes().rules()).isEqualTo(before.rules());
    }

    /** Many editors delete a file and put the new one in its place. */
    @Test
    void aFileThatIsAwayForAMomentIsAnotherText() throws Exception {
        Hashes before = hashes();
        Files.delete(source);
        assertThat(hashes().source()).isNotEqualTo(before.source());
    }
}
