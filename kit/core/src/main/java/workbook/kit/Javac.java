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

/** The Java compiler in this JVM, for one class path. It keeps the jars open, so only the first run is slow. */
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
            throw new UncheckedIOException("Cannot read the class path: " + e.getMessage(), e);
        }
    }

    /**
     * The result of a compilation.
     *
     * @param isSuccess whether the classes were written
     */
    public record Result(boolean isSuccess, List<Diagnostic<? extends JavaFileObject>> errors) {}

    /** Compiles these files only. */
    public Result compile(Collection<Path> sources, Path classes) {
        return compile(sources, List.of(), classes);
    }

    /**
     * Compiles these files and the sources they depend on.
     *
     * @param sourcePath folders of the sources they depend on
     * @param classes the existing folder to write to
     * @throws UncheckedIOException if the classes cannot be written
     */
    public Result compile(Collection<Path> sources, List<Path> sourcePath, Path classes) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, sourcePath);
            boolean isSuccess = compiler.getTask(
                            null, files, diagnostics, OPTIONS, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return new Result(
                    isSuccess,
                    diagnostics.getDiagnostics().stream()
                            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the classes to " + classes + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            // nothing is left to write
        }
    }
}
