package workbook.evaluate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.kit.Javac;

/** The errors are javac's own, for sources with methods like those of Spark. */
class CompileErrorsTest {

    private static final String METHODS = """
            package lesson00;
            class Stream<T> {
                interface Function2<A, B, R> { R apply(A a, B b); }
                interface VoidFunction2<A, B> { void call(A a, B b) throws Exception; }
                void foreachBatch(Function2<List<T>, Object, Void> function) {}
                void foreachBatch(VoidFunction2<List<T>, Long> function) {}
                void add(Integer number) {}
                void add(String text) {}
                void run() {
                    %s;
                }
                interface List<T> {}
            }
            """;

    @TempDir
    private Path home;

    @Test
    void aLambdaForScalaAndJavaIsExplained() throws IOException {
        assertThat(errors("foreachBatch((batch, id) -> { throw new IllegalStateException(); })"))
                .isEqualTo("""
                exercises/lesson00/src/main/java/lesson00/Stream.java, line 10

                            foreachBatch((batch, id) -> { throw new IllegalStateException(); });
                            ^
                reference to foreachBatch is ambiguous: it has a variant for Scala and one for Java
                Say which one the lambda is for, with your own types: (VoidFunction2<List<T>,Long>) (…) -> …""");
    }

    @Test
    void anotherAmbiguousCallIsNot() throws IOException {
        assertThat(errors("add(null)"))
                .endsWith("reference to add is ambiguous\n"
                        + "both method add(java.lang.Integer) in lesson00.Stream"
                        + " and method add(java.lang.String) in lesson00.Stream match");
    }

    private String errors(String statement) throws IOException {
        Exercise exercise = new Exercise("lesson00.Stream");
        Path source = home.resolve(exercise.source());
        Files.createDirectories(source.getParent());
        Files.writeString(source, METHODS.formatted(statement));
        try (Javac javac = new Javac(home.toString())) {
            return new CompileErrors(
                            new Workspace(home),
                            exercise,
                            javac.compile(List.of(source), Files.createDirectory(home.resolve("classes")))
                                    .errors())
                    .toString();
        }
    }
}
