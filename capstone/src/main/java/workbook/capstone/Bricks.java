package workbook.capstone;

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
 * {@code --mine}: the same command once more, in a JVM that finds the learner's bricks before the answers. A brick that is
 * unsolved, or does not compile, is borrowed from the answers, and whose each is is told.
 */
final class Bricks {

    /** Where the learner writes them. */
    private static final String SOURCES = "exercises";

    private static final List<String> NAMES = List.of(
            "lesson02.ParsePayments",
            "lesson02.IdempotentSink",
            "lesson03.EnrichPayments",
            "lesson04.CardProfile",
            "lesson05.DeduplicatePayments",
            "lesson06.LagMeter");
    private static final String UNSOLVED = "new Unsolved(";

    /**
     * The option by which the other JVM learns whose its bricks are, for people: {@code yours: CardProfile; borrowed
     * from the answers, not solved yet: LagMeter}.
     */
    static final String TOLD = "--bricks";

    private Bricks() {}

    /** {@link #TOLD} with its value, as an argument. */
    static String told(String bricks) {
        return TOLD + "=" + bricks;
    }

    /**
     * Runs the command again on the learner's bricks, and returns its exit code.
     *
     * @param arguments without {@code --mine}
     * @throws IllegalStateException if this is not a folder of the workbook
     */
    static int run(List<String> arguments) {
        Path sources = ProjectFolder.find()
                .map(home -> home.resolve(SOURCES))
                .filter(Files::exists)
                .orElseThrow(() -> new IllegalStateException(
                        "Your bricks are looked for in " + SOURCES + ", from the workbook's folder on."));
        Path classes = Scratch.folder("bricks-");
        Map<String, List<String>> whose = NAMES.stream()
                .collect(Collectors.groupingBy(
                        name -> compile(source(sources, name), classes),
                        () -> new TreeMap<String, List<String>>(
                                Comparator.reverseOrder()), // what is the learner's first
                        Collectors.mapping(name -> name.replaceFirst(".*[.]", ""), Collectors.toList())));
        String told = whose.entrySet().stream()
                .map(bricks -> bricks.getKey() + ": " + String.join(", ", bricks.getValue()))
                .collect(Collectors.joining("; "));
        return start(classes, told, arguments);
    }

    private static Path source(Path exercises, String name) {
        String lesson = name.substring(0, name.indexOf('.'));
        return exercises.resolve(lesson).resolve("src/main/java").resolve(name.replace('.', '/') + ".java");
    }

    /** Compiles one of the learner's bricks, and says whose the pipeline will run on. */
    private static String compile(Path source, Path classes) {
        try {
            if (Files.readString(source).contains(UNSOLVED)) {
                return "borrowed from the answers, not solved yet";
            }
        } catch (IOException e) {
            return "borrowed from the answers, yours could not be read";
        }
        try (Javac javac = new Javac(System.getProperty("java.class.path"))) {
            Javac.Result said = javac.compile(List.of(source), classes);
            return said.isSuccess()
                    ? "yours"
                    : "borrowed from the answers, yours does not compile (" + firstError(said) + ")";
        }
    }

    private static String firstError(Javac.Result said) {
        return said.errors().stream()
                .map(one -> "line " + one.getLineNumber() + ": "
                        + one.getMessage(Locale.ROOT).lines().findFirst().orElse(""))
                .findFirst()
                .orElse("");
    }

    private static int start(Path classes, String bricks, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.addAll(List.of(
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                Fraud.class.getName(),
                told(bricks)));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Signals.register("INT", () -> {}); // Ctrl-C reaches the other JVM as well: this one waits for its end
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
