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
    private ModuleSnapshot snapshot;

    @BeforeEach
    void libraries() throws IOException {
        one = Files.createFile(folder.resolve("one.jar"));
        two = Files.createFile(folder.resolve("two.jar"));
        snapshot = new ModuleSnapshot(folder.resolve("kit-core-1234"));
    }

    @Test
    void aClassPathIsStoredWithItsClasses() throws IOException {
        assertThat(snapshot.classPath("lesson05")).isEmpty();
        store("lesson05", one, two);
        assertThat(snapshot.classPath("lesson05"))
                .contains(path(one, two, snapshot.folder().resolve("kit-core")));
        assertThat(snapshot.folder().resolve("kit-core/ProjectFolder.class")).exists();
        assertThat(snapshot.classPath("lesson06")).isEmpty();
    }

    @Test
    void lessonsWithTheSameLibrariesHaveTheSameClassPath() throws IOException {
        store("lesson05", one, two);
        store("lesson06", two, one);
        store("lesson07", two);
        assertThat(snapshot.classPath("lesson06"))
                .isEqualTo(snapshot.classPath("lesson05"))
                .isNotEmpty();
        assertThat(snapshot.classPath("lesson07"))
                .contains(path(two, snapshot.folder().resolve("kit-core")));
    }

    @Test
    void aDeletedLibraryInvalidatesTheClassPath() throws IOException {
        store("lesson05", one, two);
        Files.delete(two);
        assertThat(snapshot.classPath("lesson05")).isEmpty();
    }

    @Test
    void deletedClassesAreStoredAgain() throws IOException {
        store("lesson05", one);
        Files.delete(snapshot.folder().resolve("kit-core/ProjectFolder.class"));
        Files.delete(snapshot.folder().resolve("kit-core"));
        assertThat(snapshot.classPath("lesson05")).isEmpty();
        store("lesson05", one);
        assertThat(snapshot.classPath("lesson05")).isNotEmpty();
        assertThat(snapshot.folder().resolve("kit-core/ProjectFolder.class")).exists();
    }

    @Test
    void anUnusedSnapshotIsDeleted() throws IOException {
        store("lesson05", one);
        snapshot.deleteIfUnused();
        assertThat(snapshot.folder()).doesNotExist();
        snapshot.deleteIfUnused();
    }

    @Test
    void aSnapshotInUseIsNotDeleted() throws IOException {
        store("lesson05", one);
        assertThat(snapshot.classPath("lesson05")).isNotEmpty(); // from now on, this JVM uses it
        snapshot.deleteIfUnused();
        assertThat(snapshot.folder()).exists();
    }

    private void store(String lesson, Path... libraries) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("draft"));
        Files.createFile(Files.createDirectory(classes.resolve("kit-core")).resolve("ProjectFolder.class"));
        snapshot.store(
                lesson,
                Stream.concat(Stream.of(libraries).map(Path::toString), Stream.of("kit-core"))
                        .toList(),
                classes);
        Scratch.delete(classes);
    }

    private static String path(Path... entries) {
        return Stream.of(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
