package workbook.evaluate.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;

class ScaffoldTest {

    private static final Exercise NEW = Exercise.of("05", "BusyTerminals");

    @TempDir
    private Path project;

    private Scaffold scaffold;

    @BeforeEach
    void aProjectWithOneLesson() throws IOException {
        write("exercises/lesson05/pom.xml", "<artifactId>kit-spark</artifactId>\n");
        write("lessons/05-watermarks/README.md", """
                | exercise | task | file | hints |
                |---|---|---|---|
                | A | one | [A.java](../../exercises/lesson05/src/main/java/lesson05/A.java) | [three](../../exercises/lesson05/hints/A.md) |

                ## Checklist
                """);
        scaffold = new Scaffold(new Workspace(project));
    }

    @Test
    void writesAllFilesOfAnExercise() {
        List<Path> written = scaffold.write(NEW);

        assertThat(written)
                .map(Workspace::display)
                .containsExactly(
                        NEW.source(),
                        NEW.checkpoint(),
                        NEW.hint(),
                        NEW.answer(),
                        "solutions/lesson05/src/main/java/lesson05/BusyTerminalsMisconceptions.java",
                        "solutions/lesson05/src/test/java/lesson05/BusyTerminalsAlternatives.java",
                        "lessons/05-watermarks/README.md");
        assertThat(project.resolve(NEW.checkpoint()))
                .content()
                .startsWith("package lesson05;\n")
                .contains("@Checkpoint(BusyTerminals.class)")
                .doesNotContain("{{");
    }

    @Test
    void thePageGetsALineBelowTheLastExercise() throws IOException {
        scaffold.write(NEW);

        assertThat(Files.readAllLines(project.resolve("lessons/05-watermarks/README.md"))
                        .get(3))
                .isEqualTo("| BusyTerminals | TODO"
                        + " | [BusyTerminals.java](../../exercises/lesson05/src/main/java/lesson05/BusyTerminals.java)"
                        + " | [three steps](../../exercises/lesson05/hints/BusyTerminals.md) |");
    }

    @Test
    void anExerciseThatExistsIsNotOverwritten() throws IOException {
        scaffold.write(NEW);
        write(NEW.answer(), "my answer");

        assertThatThrownBy(() -> scaffold.write(NEW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is an exercise BusyTerminals: " + NEW.source());
        assertThat(project.resolve(NEW.answer())).hasContent("my answer");
    }

    @Test
    void aLessonWithoutSparkHasNoTemplate() throws IOException {
        write("exercises/lesson05/pom.xml", "<artifactId>kit-core</artifactId>\n");

        assertThatThrownBy(() -> scaffold.write(NEW)).hasMessageContaining("Lesson 05 does not run on Spark");
        assertThat(project.resolve(NEW.source())).doesNotExist();
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
