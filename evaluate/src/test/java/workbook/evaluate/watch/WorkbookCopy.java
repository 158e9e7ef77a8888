package workbook.evaluate.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;

/** A copy of the workbook's first lesson to work on. */
record WorkbookCopy(Path home) {

    private static final Path PROJECT = Path.of("..");
    private static final List<String> PATHS = List.of(
            "jbang-catalog.json",
            "evaluate/month-10.json",
            "lessons/01-basics",
            "exercises/lesson01/hints",
            "exercises/lesson01/src/main/java/lesson01",
            "exercises/lesson01/src/test/java/lesson01",
            "solutions/lesson01/src/main/java/lesson01");

    static WorkbookCopy copyTo(Path home) throws IOException {
        for (String path : PATHS) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(path))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = home.resolve(PROJECT.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return new WorkbookCopy(home);
    }

    /** The learner's file of an exercise, {@code lesson01.RunningTotals}. */
    Path file(String exercise) {
        return home.resolve(new Exercise(exercise).source());
    }

    String starter(String exercise) throws IOException {
        return Files.readString(file(exercise));
    }

    String answer(String exercise) throws IOException {
        return Files.readString(home.resolve(new Exercise(exercise).answer()));
    }

    /** Saves the learner's file like an editor. */
    void save(String exercise, String text) throws IOException {
        Path draft = Files.writeString(home.resolve("draft"), text);
        Files.move(draft, file(exercise), StandardCopyOption.REPLACE_EXISTING);
    }
}
