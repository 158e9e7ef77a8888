package workbook.check.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.kit.ProjectFolder;

/**
 * The project's folder: finds the lessons that have exercises, and their exercises.
 *
 * @param home the project's folder
 */
public record Workspace(Path home) {

    private static final String ENDING = "Checkpoint.java";

    /**
     * The workspace that this program runs in.
     *
     * @throws IllegalStateException if it does not run in the project's folder
     */
    public static Workspace current() {
        return new Workspace(ProjectFolder.find()
                .orElseThrow(
                        () -> new IllegalStateException("This is not the workbook's folder. Run the command there.")));
    }

    /** The path with slashes, on Windows, too. */
    public static String display(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** The page of a lesson, relative to the project's folder; empty if the lesson does not exist. */
    public Optional<Path> page(String lesson) {
        return names(home.resolve("lessons"))
                .filter(name -> name.startsWith(lesson + "-"))
                .map(name -> Path.of("lessons", name, "README.md"))
                .findFirst();
    }

    /** The lessons that have exercises, as two digits, sorted. */
    public List<String> lessons() {
        return names(home.resolve("exercises"))
                .filter(name -> name.matches("lesson\\d\\d"))
                .map(name -> name.substring("lesson".length()))
                .toList();
    }

    /** The names of a lesson's exercises, sorted. */
    public List<String> exercises(String lesson) {
        return names(home.resolve("exercises/lesson" + lesson + "/src/test/java/lesson" + lesson))
                .filter(name -> name.endsWith(ENDING))
                .map(name -> name.substring(0, name.length() - ENDING.length()))
                .toList();
    }

    /**
     * The message for a lesson or an exercise that does not exist; empty if both exist.
     *
     * @param exercise null for none
     */
    public Optional<String> missingMessage(String lesson, String exercise) {
        if (!lessons().contains(lesson)) {
            return Optional.of(
                    "There is no lesson " + lesson + " with exercises. There are: " + String.join(", ", lessons()));
        }
        if (exercise != null && !exercises(lesson).contains(exercise)) {
            return Optional.of("Lesson " + lesson + " has no exercise " + exercise + ". It has: "
                    + String.join(", ", exercises(lesson)));
        }
        return Optional.empty();
    }

    private static Stream<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
