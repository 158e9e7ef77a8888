package workbook.evaluate.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.kit.Scratch;

/** When Maven runs, and how its class path is cached. */
class CachedClassPathsTest {

    private static final String LESSON = "exercises/lesson05";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> resolved = new ArrayList<>();
    private Path home;
    private Path library;

    @BeforeEach
    void openTheWorkbook() throws IOException {
        library = Files.createFile(folder.toRealPath().resolve("one.jar"));
        home = folder.toRealPath().resolve("a workbook");
        write("pom.xml", "the versions");
        write("exercises/pom.xml", "<groupId>workbook</groupId> <artifactId>kit-core</artifactId>");
        write("exercises/lesson05/pom.xml", "libraries");
        write("exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java", "class HourlyRevenue {}");
        write("kit/core/pom.xml", "libraries");
        write("kit/core/src/main/java/workbook/kit/ProjectFolder.java", "class ProjectFolder {}");
        write("kit/core/target/classes/workbook/kit/ProjectFolder.class", "ProjectFolder");
    }

    @Test
    void mavenRunsOnce() throws IOException {
        String classPath = classPath();
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        "Resolving the libraries of exercises/lesson05 with Maven (first use only) ...");
        Scratch.delete(home.resolve("kit/core/target"));
        write("exercises/lesson05/src/main/java/lesson05/HourlyRevenue.java", "class HourlyRevenue { int more; }");

        assertThat(classPath()).isEqualTo(classPath).isEqualTo(classPaths().of(LESSON));
        assertThat(resolved).containsExactly(LESSON);
        assertThat(entries(classPath).get(0)).isEqualTo(library);
        assertThat(entries(classPath).get(1)).startsWith(home.resolve(".workbook/classpath"));
        assertThat(entries(classPath).get(1).resolve("workbook/kit/ProjectFolder.class"))
                .hasContent("ProjectFolder");
    }

    @Test
    void mavenRunsAgainAfterARelevantChange() throws IOException {
        for (String file : List.of(
                "pom.xml",
                "exercises/pom.xml",
                "exercises/lesson05/pom.xml",
                "kit/core/pom.xml",
                "kit/core/src/main/java/workbook/kit/ProjectFolder.java",
                "kit/core/src/main/resources/log.properties")) {
            classPath();
            int before = resolved.size();
            write(file, Files.exists(home.resolve(file)) ? Files.readString(home.resolve(file)) + " and more" : "new");
            classPath();
            assertThat(resolved).as(file).hasSize(before + 1);
        }
    }

    @Test
    void aDeletedLibraryIsResolvedAgain() throws IOException {
        classPath();
        Files.delete(library);
        assertThatThrownBy(this::classPath)
                .isInstanceOf(ClassPathException.class)
                .hasMessageContaining("are missing");
        Files.createFile(library);
        assertThat(entries(classPath())).contains(library);
    }

    @Test
    void aFailureOfMavenIsNotCached() throws IOException {
        assertThatThrownBy(() -> new CachedClassPaths(home, new PrintStream(out), (module, output) -> {
                            throw new ClassPathException("no network");
                        })
                        .of(LESSON))
                .isInstanceOf(ClassPathException.class)
                .hasMessage("no network");
        try (Stream<Path> files = Files.list(home.resolve(".workbook/classpath"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("lock");
        }
        assertThat(classPath()).isNotEmpty();
    }

    private String classPath() {
        return classPaths().of(LESSON);
    }

    private CachedClassPaths classPaths() {
        return new CachedClassPaths(home, new PrintStream(out), (module, output) -> {
            resolved.add(module);
            return List.of(home.resolve("kit/core/target/classes").toString(), library.toString());
        });
    }

    private static List<Path> entries(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }
}
