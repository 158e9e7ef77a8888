package workbook.check.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import workbook.kit.Jvm;

/**
 * The JVM of a worker.
 *
 * @param classPath kit, check and the libraries of a lesson, as {@code java -classpath} takes it
 * @param packages of the engines that are warmed up before the first request; may be empty
 */
public record WorkerJvm(String classPath, Set<String> packages) {

    /** The file in which a module lists the JVM options that it needs, one per line. */
    private static final String OPTIONS = "META-INF/workbook/jvm.options";

    /** A JVM with this JVM's class path, without warm-up. */
    public static WorkerJvm here() {
        return new WorkerJvm(System.getProperty("java.class.path"), Set.of());
    }

    /** The same JVM, with these engines warmed up. */
    public WorkerJvm warm(Collection<String> packages) {
        return new WorkerJvm(classPath, Set.copyOf(packages));
    }

    boolean isWarm() {
        return !packages.isEmpty();
    }

    /** This JVM's own options, and those that the modules on the class path need. */
    public List<String> options() {
        return Stream.concat(Jvm.options().stream(), lines(OPTIONS).stream())
                .distinct()
                .toList();
    }

    /** The lines of all files of this name in the modules on the class path, in its order. */
    public List<String> lines(String name) {
        return folders()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .flatMap(file -> new String(bytes(file), StandardCharsets.UTF_8).lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** A hash of a class file in the modules on the class path. */
    int code(String className) {
        return folders()
                .map(folder -> folder.resolve(className.replace('.', '/') + ".class"))
                .filter(Files::exists)
                .mapToInt(file -> Arrays.hashCode(bytes(file)))
                .findFirst()
                .orElse(0);
    }

    private Stream<Path> folders() {
        return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).filter(Files::isDirectory);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
