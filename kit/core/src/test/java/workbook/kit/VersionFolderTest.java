package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFolderTest {

    @TempDir
    private Path folder;

    private VersionFolder versions() {
        return new VersionFolder(folder.resolve("models"));
    }

    @Test
    void thereIsNoVersionAtFirst() {
        assertThat(versions().currentName()).isEmpty();
    }

    @Test
    void eachVersionHasTheNextName() {
        assertThat(versions().publish(VersionFolderTest::write)).isEqualTo("v1");
        assertThat(versions().publish(VersionFolderTest::write)).isEqualTo("v2");
        assertThat(versions().currentName()).contains("v2");
        assertThat(versions().version("v1").resolve("text")).hasContent("v1");
    }

    @Test
    void anIncompleteVersionIsNeverCurrent() throws IOException {
        versions().publish(VersionFolderTest::write);
        assertThatThrownBy(() -> versions().publish(version -> {
                    write(version);
                    throw new UncheckedIOException(new IOException("disk full"));
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(versions().currentName()).contains("v1");
        assertThat(versions().publish(VersionFolderTest::write)).isEqualTo("v3");
    }

    @Test
    void anOlderVersionCanBeCurrentAgain() {
        versions().publish(VersionFolderTest::write);
        versions().publish(VersionFolderTest::write);
        versions().makeCurrent("v1");
        assertThat(versions().currentName()).contains("v1");
    }

    private static void write(Path version) {
        try {
            Files.writeString(
                    Files.createDirectories(version).resolve("text"),
                    version.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
