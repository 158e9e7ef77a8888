package workbook.evaluate.watch;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.kit.Javac;
import workbook.kit.Scratch;

/**
 * Compiles an exercise, its checkpoint and the sources they depend on in this JVM. Errors in other exercises do not
 * matter. The compiler is reused while the class path is the same.
 */
final class ExerciseCompiler implements AutoCloseable {

    private final Workspace workspace;
    private String classPath = "";
    private Javac javac;

    ExerciseCompiler(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * The result of a compilation.
     *
     * @param folder the folder of the classes, deleted by {@link #close}
     * @param places the folders of the classes and of the resources
     * @param errors the error messages; empty if the compilation succeeded
     */
    record Compiled(Path folder, List<Path> places, String errors) implements AutoCloseable {
        @Override
        public void close() {
            Scratch.delete(folder);
        }
    }

    /**
     * Compiles an exercise against this class path.
     *
     * @throws UncheckedIOException if the classes cannot be written
     */
    Compiled compile(Exercise exercise, String against) {
        Path folder = Scratch.folder("watch-");
        Javac.Result result = javac(against)
                .compile(
                        places(Stream.of(exercise.source(), exercise.checkpoint())),
                        places(exercise.sourceFolders().stream()),
                        folder);
        return new Compiled(
                folder,
                List.of(folder, workspace.home().resolve(exercise.resources())),
                result.isSuccess() ? "" : new CompileErrors(workspace, exercise, result.errors()).toString());
    }

    private Javac javac(String against) {
        if (!classPath.equals(against)) {
            close();
            javac = new Javac(against);
            classPath = against;
        }
        return javac;
    }

    private List<Path> places(Stream<String> places) {
        return places.map(workspace.home()::resolve).toList();
    }

    @Override
    public void close() {
        if (javac != null) {
            javac.close();
        }
    }
}
