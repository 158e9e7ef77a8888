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
    void aFolderIsCreatedWithinTheProject() {
        Path folder = Scratch.folder("test-");
        assertThat(folder).isEmptyDirectory();
        assertThat(folder.getParent().getParent())
                .isEqualTo(ProjectFolder.find().orElseThrow().resolve(".workbook/tmp"));
    }

    @Test
    void everyCallCreatesANewFolder() {
        assertThat(Scratch.folder("test-")).isNotEqualTo(Scratch.folder("test-"));
    }

    @Test
    void deletingAFolderDeletesItsContents() throws IOException {
        Path folder = Scratch.folder("test-");
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("file"), "text");
        Scratch.delete(folder);
        assertThat(folder).doesNotExist();
    }

    @Test
    void foldersOfKilledJvmsAreDeletedAndFoldersInUseAreNot() throws IOException {
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

    /** A second lock attempt in the same JVM throws; only another JVM finds the folder locked. */
    private static void inAnotherJvm(Path all) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeleteAbandoned.class.getName(),
                        all.toString())
                .inheritIO()
                .start();
        assertThat(process.onExit().join().exitValue()).isZero();
    }

    static final class DeleteAbandoned {
        public static void main(String[] folders) throws IOException {
            Scratch.deleteAbandoned(Path.of(folders[0]));
        }
    }

    @Test
    void deletingAMissingFolderIsNoError() {
        Path folder = Scratch.folder("test-");
        Scratch.delete(folder);
        Scratch.delete(folder);
        assertThat(folder).doesNotExist();
    }
}
