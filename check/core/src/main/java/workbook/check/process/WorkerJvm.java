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
 * What a worker is started with.
 *
 * @param classPath where kit, check and the libraries of a lesson are, as {@code java -classpath} takes it
 * @param packages of the engines that are warm before it is asked for the first verdict; empty if it need not be warm
 */
public record WorkerJvm(String classPath, Set<String> packages) {

    /** Where a module on the class path says which JVM options it needs, one a line. */
    private static final String OPTIONS = "META-INF/workbook/jvm.options";

    /** On this JVM's class path, and cold. */
    public static WorkerJvm here() {
        return new WorkerJvm(System.getProperty("java.class.path"), Set.of());
    }

    /** The same, and these engines are warm. */
    public WorkerJvm warm(Collection<String> packages) {
        return new WorkerJvm(classPath, Set.copyOf(packages));
    }

    boolean isWarm() {
        return !packages.isEmpty();
    }

    /** This JVM's own options, and those that the modules of the class path need besides. */
    public List<String> options() {
        return Stream.concat(Jvm.options().stream(), lines(OPTIONS).stream())
                .distinct()
                .toList();
    }

    /** What the modules of the class path say in files of this name, in its order. */
    public List<String> lines(String name) {
        return folders()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .flatMap(file -> new String(bytes(file), StandardCharsets.UTF_8).lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** What tells one version of a class from another; the class is one of the modules of the class path. */
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
