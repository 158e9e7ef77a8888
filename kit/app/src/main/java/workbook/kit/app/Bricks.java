package workbook.kit.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jline.utils.Signals;
import workbook.kit.Javac;
import workbook.kit.Jvm;
import workbook.kit.ProjectFolder;
import workbook.kit.Scratch;

/**
 * {@code --mine}: runs the same command in another JVM, with the learner's bricks before the answers on the class path.
 * A brick is an exercise's class that an application uses. An unsolved brick, or one that does not compile, is borrowed
 * from the answers; the application states which.
 *
 * @param names the classes, such as {@code lesson04.CardProfile}
 * @param main the application's main class
 */
public record Bricks(List<String> names, Class<?> main) {

    /** The folder of the learner's sources. */
    private static final String SOURCES = "exercises";

    private static final String UNSOLVED = "new Unsolved(";

    /** The option of all commands that runs them on the learner's bricks. */
    public static final String MINE = "--mine";

    /**
     * The option that passes on whose the bricks are, as text: {@code yours: CardProfile; borrowed from the answers,
     * not solved yet: LagMeter}.
     */
    public static final String OPTION = "--bricks";

    /** Returns {@link #OPTION} with its value, as an argument. */
    public static String option(String bricks) {
        return OPTION + "=" + bricks;
    }

    /**
     * Runs the command on the learner's bricks, and returns its exit code.
     *
     * @param arguments without {@code --mine}
     * @param prints whether it prints whose the bricks are
     * @throws IllegalStateException if this is not a folder of the workbook
     */
    public int run(List<String> arguments, boolean prints) {
        Path sources = ProjectFolder.find()
                .map(home -> home.resolve(SOURCES))
                .filter(Files::exists)
                .orElseThrow(() -> new IllegalStateException(
                        "There is no folder " + SOURCES + ". Run --mine in the workbook's folder."));
        Path classes = Scratch.folder("bricks-");
        Map<String, List<String>> whose = names.stream()
                .collect(Collectors.groupingBy(
                        name -> compile(source(sources, name), classes),
                        () -> new TreeMap<String, List<String>>(Comparator.reverseOrder()), // "yours" first
                        Collectors.mapping(name -> name.replaceFirst(".*[.]", ""), Collectors.toList())));
        String text = whose.entrySet().stream()
                .map(bricks -> bricks.getKey() + ": " + String.join(", ", bricks.getValue()))
                .collect(Collectors.joining("; "));
        if (prints) {
            System.out.println("bricks, " + text);
        }
        return start(classes, text, arguments);
    }

    private static Path source(Path exercises, String name) {
        String lesson = name.substring(0, name.indexOf('.'));
        return exercises.resolve(lesson).resolve("src/main/java").resolve(name.replace('.', '/') + ".java");
    }

    /** Compiles one of the learner's bricks, and returns whose brick the application uses. */
    private static String compile(Path source, Path classes) {
        try {
            if (Files.readString(source).contains(UNSOLVED)) {
                return "borrowed from the answers, not solved yet";
            }
        } catch (IOException e) {
            return "borrowed from the answers, yours could not be read";
        }
        try (Javac javac = new Javac(System.getProperty("java.class.path"))) {
            Javac.Result result = javac.compile(List.of(source), classes);
            return result.isSuccess()
                    ? "yours"
                    : "borrowed from the answers, yours does not compile (" + firstError(result) + ")";
        }
    }

    private static String firstError(Javac.Result result) {
        return result.errors().stream()
                .map(one -> "line " + one.getLineNumber() + ": "
                        + one.getMessage(Locale.ROOT).lines().findFirst().orElse(""))
                .findFirst()
                .orElse("");
    }

    private int start(Path classes, String bricks, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.addAll(List.of(
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                main.getName(),
                option(bricks)));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Signals.register("INT", () -> {}); // Ctrl-C reaches the other JVM as well: this one waits for it
            Signals.register("TERM", process::destroy);
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("No JVM could be started for your bricks: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
