package workbook.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.check.catalog.Workspace;
import workbook.check.engine.Engines;

/**
 * Each figure of CONCEPTS.md shows current behavior: the test runs its script, draws the trace, and compares the drawing with
 * the file in {@code figures}. After an intended change, {@code -Dgolden.write=true} draws them again; look at them in
 * light and dark mode.
 */
class FiguresTest {

    private static final Path FOLDER = Workspace.current().home().resolve("figures");
    private static final String ANEW = "mvn test -pl solutions/concepts -am -Dtest=FiguresTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true";

    @AfterAll
    static void stopSpark() {
        Engines.stop();
    }

    @TestFactory
    Stream<DynamicTest> everyFigureShowsWhatHappens() {
        return Stream.concat(
                Figures.ALL.stream().map(figure -> dynamicTest(figure.name(), () -> assertDrawn(figure))),
                Stream.of(dynamicTest("no other file", FiguresTest::assertNoOther)));
    }

    private static void assertNoOther() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Figures.ALL.stream().map(FiguresTest::file).toList());
        }
    }

    private static void assertDrawn(Figure figure) throws IOException {
        String drawn = figure.draw();
        Path file = FOLDER.resolve(file(figure));
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, drawn);
        }
        assertThat(file).as("the current behavior; to draw it again: %s", ANEW).hasContent(drawn);
    }

    private static String file(Figure figure) {
        return figure.name() + ".svg";
    }
}
