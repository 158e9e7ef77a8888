package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchTest {

    @Test
    void aFolderLiesWithinTheProject() {
        Path folder = Scratch.folder("test-");
        assertThat(folder).isEmptyDirectory();
        assertThat(folder.getParent()).isEqualTo(Home.folder().orElseThrow().resolve(".workbook/tmp"));
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
    void deletingWhatIsGoneIsNoError() {
        Path folder = Scratch.folder("test-");
        Scratch.delete(folder);
        Scratch.delete(folder);
        assertThat(folder).doesNotExist();
    }
}
