package workbook.check.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    List<String> options() {
        return Stream.concat(Jvm.options().stream(), folders().flatMap(WorkerJvm::options)).distinct().toList();
    }

    private Stream<Path> folders() {
        return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).filter(Files::isDirectory);
    }

    private static Stream<String> options(Path folder) {
        Path file = folder.resolve(OPTIONS);
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty())
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
