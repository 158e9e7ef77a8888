package workbook.evaluate.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import workbook.check.catalog.Desk;
import workbook.check.catalog.Exercise;
import workbook.kit.Scratch;

/**
 * Compiles an exercise and its checkpoint, and what these two need, in this JVM and against its class path. What stands
 * unfinished elsewhere on the desk is not in the way. Java's compiler stays loaded, so that all but the first take a moment.
 */
final class ExerciseCompiler implements AutoCloseable {

    private final Desk desk;
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files =
            compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);

    ExerciseCompiler(Desk desk) {
        this.desk = desk;
    }

    /**
     * What came of it.
     *
     * @param folder where the classes are, for as long as somebody needs them
     * @param places where they and the resources are
     * @param errors empty if there are classes
     */
    record Compiled(Path folder, List<Path> places, String errors) implements AutoCloseable {
        @Override
        public void close() {
            Scratch.delete(folder);
        }
    }

    /** @throws UncheckedIOException if the classes cannot be written */
    Compiled compile(Exercise exercise) {
        Path folder = Scratch.folder("watch-");
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, exercise.sourceFolders().stream().map(desk.home()::resolve).toList());
            List<String> options = List.of("-proc:none", "-nowarn", "-parameters", "-implicit:class",
                    "-classpath", System.getProperty("java.class.path"));
            List<Path> sources = Stream.of(exercise.source(), exercise.checkpoint()).map(desk.home()::resolve).toList();
            boolean isCompiled = compiler.getTask(null, files, said, options, null,
                    files.getJavaFileObjectsFromPaths(sources)).call();
            return new Compiled(folder, List.of(folder, desk.home().resolve(exercise.resources())),
                    isCompiled ? "" : new CompileErrors(desk, exercise, said.getDiagnostics()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException("The classes could not be written to " + folder + ": " + e.getMessage(), e);
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
