package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The root POM knows every lesson that has a folder, and each has the three that it needs. */
class LayoutTest {

    private static final String POM = "the root pom.xml";

    private final Poms poms = new Poms();
    private final List<String> lessons = folders("exercises", "lesson\\d\\d").stream()
            .map(folder -> folder.substring("lesson".length()))
            .toList();

    @Test
    void everyLessonWithExercisesIsNamed() {
        assertThat(lessons).isNotEmpty();
        assertThat(poms.property("lessons"))
                .as("<lessons> in %s: what the folders in exercises/ come to", POM)
                .isEqualTo(String.join(", ", lessons));
    }

    @Test
    void everyFolderOfALessonIsAModuleAndEveryModuleAFolder() {
        holds("lessons", "\\d\\d-.+");
        holds("exercises", "lesson\\d\\d");
        holds("solutions", "lesson\\d\\d");
    }

    @Test
    void everyLessonWithExercisesHasAPageAndAnswers() {
        List<String> pages = folders("lessons", "\\d\\d-.+");
        List<String> answers = folders("solutions", "lesson\\d\\d");
        for (String lesson : lessons) {
            assertThat(pages)
                    .as("lessons/%s-…: add the folder of its page, and a module in %s", lesson, POM)
                    .filteredOn(page -> page.startsWith(lesson + "-"))
                    .hasSize(1);
            assertThat(answers)
                    .as("solutions/lesson%s: add the folder of its answers, and a module in %s", lesson, POM)
                    .contains("lesson" + lesson);
        }
        assertThat(answers)
                .as("solutions/: answers without exercises in exercises/")
                .allSatisfy(folder -> assertThat(lessons).contains(folder.substring("lesson".length())));
    }

    private void holds(String room, String name) {
        assertThat(poms.modules())
                .as("the modules in %s: add or take out those of %s/", POM, room)
                .filteredOn(module -> module.matches(room + "/" + name))
                .containsExactlyInAnyOrderElementsOf(folders(room, name).stream()
                        .map(folder -> room + "/" + folder)
                        .toList());
        assertThat(folders(room, name))
                .allSatisfy(folder -> assertThat(
                                Poms.ROOT.resolve(room).resolve(folder).resolve("pom.xml"))
                        .isRegularFile());
    }

    private static List<String> folders(String room, String name) {
        try (Stream<Path> files = Files.list(Poms.ROOT.resolve(room))) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .filter(folder -> folder.matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(room + " cannot be listed", e);
        }
    }
}
