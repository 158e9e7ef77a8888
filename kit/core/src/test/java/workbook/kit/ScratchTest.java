package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScratchTest {

    @Test
    void aFolderLiesWithinTheProject() {
        Path folder = Scratch.folder("test-");
        assertThat(folder).isEmptyDirectory();
        assertThat(folder.getParent().getParent())
                .isEqualTo(ProjectFolder.find().orElseThrow().resolve(".workbook/tmp"));
    }

    @Test
    void everyFolderIsANewOne() {
        assertThat(Scratch.folder("test-")).isNotEqualTo(Scratch.folder("test-"));
    }

    @Test
    void deletingTakesAllThatIsInAFolder() throws IOException {
        Path folder = Scratch.folder("test-");
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("file"), "text");
        Scratch.delete(folder);
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatAKilledJvmLeftBehindIsSweptAndWhatIsInUseStays() throws IOException {
        Path inUse = Scratch.folder("test-").getParent();
        Path all = inUse.getParent();
        Path abandoned = Files.createTempDirectory(all, "jvm-");
        Path young = Files.createTempDirectory(all, "jvm-");
        FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(abandoned, anHourAgo);
        Files.setLastModifiedTime(inUse, anHourAgo);

        inAnotherJvm(all);

        assertThat(abandoned).doesNotExist();
        assertThat(young).exists();
        assertThat(inUse).exists();
        Scratch.delete(young);
    }

    /** Within one JVM a lock that is held is an error; only another sees it as what it is. */
    private static void inAnotherJvm(Path all) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sweeper.class.getName(),
                        all.toString())
                .inheritIO()
                .start();
        assertThat(process.onExit().join().exitValue()).isZero();
    }

    static final class Sweeper {
        public static void main(String[] folders) throws IOException {
            Scratch.sweep(Path.of(folders[0]));
        }
    }

    @Test
    void deletingWhatIsGoneIsNoError() {
        Path folder = Scratch.folder("test-");
        Scratch.delete(folder);
        Scratch.delete(folder);
        assertThat(folder).doesNotExist();
    }
}
