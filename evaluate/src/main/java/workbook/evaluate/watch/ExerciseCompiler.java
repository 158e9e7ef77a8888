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
 * Compiles an exercise and its checkpoint, and what these two need, in this JVM. What stands unfinished elsewhere on the desk
 * is not in the way. The compiler stays loaded for as long as the class path is the same.
 */
final class ExerciseCompiler implements AutoCloseable {

    private final Workspace desk;
    private String classPath = "";
    private Javac javac;

    ExerciseCompiler(Workspace desk) {
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

    /**
     * Compiles it against this class path.
     *
     * @throws UncheckedIOException if the classes cannot be written
     */
    Compiled compile(Exercise exercise, String against) {
        Path folder = Scratch.folder("watch-");
        Javac.Result said = javac(against)
                .compile(
                        places(Stream.of(exercise.source(), exercise.checkpoint())),
                        places(exercise.sourceFolders().stream()),
                        folder);
        return new Compiled(
                folder,
                List.of(folder, desk.home().resolve(exercise.resources())),
                said.isFine() ? "" : new CompileErrors(desk, exercise, said.errors()).toString());
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
        return places.map(desk.home()::resolve).toList();
    }

    @Override
    public void close() {
        if (javac != null) {
            javac.close();
        }
    }
}
