package workbook.evaluate.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.Scratch;

class ModuleSnapshotTest {

    @TempDir
    private Path folder;

    private Path one;
    private Path two;
    private ModuleSnapshot kept;

    @BeforeEach
    void libraries() throws IOException {
        one = Files.createFile(folder.resolve("one.jar"));
        two = Files.createFile(folder.resolve("two.jar"));
        kept = new ModuleSnapshot(folder.resolve("kit-core-1234"));
    }

    @Test
    void aClassPathIsKeptWithTheClassesOnIt() throws IOException {
        assertThat(kept.classPath("lesson05")).isEmpty();
        keep("lesson05", one, two);
        assertThat(kept.classPath("lesson05"))
                .contains(path(one, two, kept.folder().resolve("kit-core")));
        assertThat(kept.folder().resolve("kit-core/ProjectFolder.class")).exists();
        assertThat(kept.classPath("lesson06")).isEmpty();
    }

    @Test
    void lessonsWithTheSameLibrariesHaveTheSameClassPath() throws IOException {
        keep("lesson05", one, two);
        keep("lesson06", two, one);
        keep("lesson07", two);
        assertThat(kept.classPath("lesson06"))
                .isEqualTo(kept.classPath("lesson05"))
                .isNotEmpty();
        assertThat(kept.classPath("lesson07")).contains(path(two, kept.folder().resolve("kit-core")));
    }

    @Test
    void aLibraryThatIsGoneIsNoneToStartAJvmWith() throws IOException {
        keep("lesson05", one, two);
        Files.delete(two);
        assertThat(kept.classPath("lesson05")).isEmpty();
    }

    @Test
    void classesThatAreGoneAreKeptAnew() throws IOException {
        keep("lesson05", one);
        Files.delete(kept.folder().resolve("kit-core/ProjectFolder.class"));
        Files.delete(kept.folder().resolve("kit-core"));
        assertThat(kept.classPath("lesson05")).isEmpty();
        keep("lesson05", one);
        assertThat(kept.classPath("lesson05")).isNotEmpty();
        assertThat(kept.folder().resolve("kit-core/ProjectFolder.class")).exists();
    }

    @Test
    void whatNobodyUsesIsRemoved() throws IOException {
        keep("lesson05", one);
        kept.removeIfUnused();
        assertThat(kept.folder()).doesNotExist();
        kept.removeIfUnused();
    }

    @Test
    void whatSomebodyUsesStays() throws IOException {
        keep("lesson05", one);
        assertThat(kept.classPath("lesson05")).isNotEmpty(); // from now on, this JVM does
        kept.removeIfUnused();
        assertThat(kept.folder()).exists();
    }

    private void keep(String lesson, Path... libraries) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("asking"));
        Files.createFile(Files.createDirectory(classes.resolve("kit-core")).resolve("ProjectFolder.class"));
        kept.keep(
                lesson,
                Stream.concat(Stream.of(libraries).map(Path::toString), Stream.of("kit-core"))
                        .toList(),
                classes);
        Scratch.delete(classes);
    }

    private static String path(Path... places) {
        return Stream.of(places).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
