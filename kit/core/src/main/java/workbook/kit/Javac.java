package workbook.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Java's compiler in this JVM, against one class path, whose jars stay open: all but the first run take a moment. */
public final class Javac implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-parameters", "-implicit:class");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files =
            compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);

    /** @param classPath as {@code javac -classpath} takes it */
    public Javac(String classPath) {
        try {
            files.setLocationFromPaths(
                    StandardLocation.CLASS_PATH,
                    Arrays.stream(classPath.split(File.pathSeparator))
                            .map(Path::of)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The class path cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * What the compiler has said.
     *
     * @param isFine whether there are classes now
     */
    public record Result(boolean isFine, List<Diagnostic<? extends JavaFileObject>> errors) {}

    /** Compiles these files, and nothing besides. */
    public Result compile(Collection<Path> sources, Path classes) {
        return compile(sources, List.of(), classes);
    }

    /**
     * Compiles these files and what they need of others.
     *
     * @param sourcePath folders where these others are looked for
     * @param classes the folder to write to, which is there
     * @throws UncheckedIOException if it cannot be written to
     */
    public Result compile(Collection<Path> sources, List<Path> sourcePath, Path classes) {
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, sourcePath);
            boolean isFine = compiler.getTask(
                            null, files, said, OPTIONS, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return new Result(
                    isFine,
                    said.getDiagnostics().stream()
                            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The classes could not be written to " + classes + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            // nothing is written any more
        }
    }
}
