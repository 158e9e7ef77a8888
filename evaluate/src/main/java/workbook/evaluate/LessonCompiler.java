package workbook.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import workbook.kit.Javac;

/** Compiles a lesson's programs in this JVM. Programs that do not compile are reported and skipped. */
final class LessonCompiler {

    private final Javac javac;
    private final Path target;
    private final Consumer<String> report;

    /** Creates a compiler that writes class files to {@code target} and error messages to {@code report}. */
    LessonCompiler(Javac javac, Path target, Consumer<String> report) {
        this.javac = javac;
        this.target = target;
        this.report = report;
    }

    /** Compiles the {@code .java} files of a folder. Returns those that compile. */
    List<Path> compile(Path lesson) throws IOException {
        List<Path> sources = sources(lesson);
        while (!sources.isEmpty()) {
            Set<Path> faulty = faulty(sources);
            if (faulty.isEmpty()) {
                return sources;
            }
            faulty.forEach(file -> report.accept("Skipped, because it does not compile: " + file.getFileName()));
            sources.removeAll(faulty);
        }
        return sources;
    }

    private static List<Path> sources(Path lesson) throws IOException {
        try (var files = Files.list(lesson)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /** Compiles all files together. Returns those with errors. */
    private Set<Path> faulty(List<Path> sources) {
        Javac.Result result = javac.compile(sources, target);
        result.errors().forEach(error -> report.accept(error.toString()));
        Set<Path> faulty = result.errors().stream()
                .map(Diagnostic::getSource)
                .filter(source -> source != null)
                .map(source -> Path.of(source.toUri()))
                .collect(Collectors.toSet());
        return result.isSuccess()
                ? Set.of()
                : sources.stream()
                        .filter(source -> faulty.isEmpty()
                                || faulty.contains(source.toAbsolutePath().normalize()))
                        .collect(Collectors.toSet());
    }
}
