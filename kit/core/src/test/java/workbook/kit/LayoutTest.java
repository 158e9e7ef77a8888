package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every lesson has its three folders, the root POM lists them, and the image is built with all POMs. */
class LayoutTest {

    private static final String POM = "the root pom.xml";

    private final Poms poms = new Poms();
    private final List<String> lessons = folders("exercises", "lesson\\d\\d").stream()
            .map(folder -> folder.substring("lesson".length()))
            .toList();

    @Test
    void everyLessonWithExercisesIsListed() {
        assertThat(lessons).isNotEmpty();
        assertThat(poms.property("lessons"))
                .as("<lessons> in %s, compared with the folders in exercises/", POM)
                .isEqualTo(String.join(", ", lessons));
    }

    @Test
    void foldersAndModulesOfLessonsAreTheSame() {
        compare("lessons", "\\d\\d-.+");
        compare("exercises", "lesson\\d\\d");
        compare("solutions", "lesson\\d\\d");
    }

    @Test
    void everyLessonWithExercisesHasAPageAndAnswers() {
        List<String> pages = folders("lessons", "\\d\\d-.+");
        List<String> answers = folders("solutions", "lesson\\d\\d");
        for (String lesson : lessons) {
            assertThat(pages)
                    .as("lessons/%s-…: add a folder with its page, and a module in %s", lesson, POM)
                    .filteredOn(page -> page.startsWith(lesson + "-"))
                    .hasSize(1);
            assertThat(answers)
                    .as("solutions/lesson%s: add a folder with its answers, and a module in %s", lesson, POM)
                    .contains("lesson" + lesson);
        }
        assertThat(answers)
                .as("solutions/: answers without exercises in exercises/")
                .allSatisfy(folder -> assertThat(lessons).contains(folder.substring("lesson".length())));
    }

    /** Maven reads the POMs of all modules, also when it builds an image of one. */
    @Test
    void theImageIsBuiltWithThePomsOfAllModules() throws IOException {
        List<String> kept = Files.readAllLines(Poms.ROOT.resolve(".dockerignore"));
        assertThat(poms.modules())
                .as("the modules in %s: .dockerignore keeps their POMs", POM)
                .allSatisfy(module -> assertThat(kept)
                        .containsAnyOf("!" + module.replaceFirst("/.*", ""), "!" + module + "/pom.xml"));
    }

    private void compare(String parent, String name) {
        assertThat(poms.modules())
                .as("the modules in %s: add or remove those of %s/", POM, parent)
                .filteredOn(module -> module.matches(parent + "/" + name))
                .containsExactlyInAnyOrderElementsOf(folders(parent, name).stream()
                        .map(folder -> parent + "/" + folder)
                        .toList());
        assertThat(folders(parent, name))
                .allSatisfy(folder -> assertThat(
                                Poms.ROOT.resolve(parent).resolve(folder).resolve("pom.xml"))
                        .isRegularFile());
    }

    private static List<String> folders(String parent, String name) {
        try (Stream<Path> files = Files.list(Poms.ROOT.resolve(parent))) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .filter(folder -> folder.matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("Cannot list " + parent, e);
        }
    }
}
