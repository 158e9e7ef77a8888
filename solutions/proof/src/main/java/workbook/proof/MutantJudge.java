package workbook.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Fingerprint;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.process.Limits;
import workbook.check.process.Supervisor;
import workbook.check.verdict.CheckResult;
import workbook.kit.Javac;
import workbook.kit.Scratch;

/**
 * Compiles answers and checks them in a worker's JVM, each in a class loader of its own. What they print is not shown. An
 * answer that does not end, or ends its JVM, is BROKEN, and the next one gets a new JVM.
 */
final class MutantJudge implements AutoCloseable {

    private final Javac javac = new Javac(System.getProperty("java.class.path"));
    private final Supervisor supervisor =
            Supervisor.start(Limits.defaults(), new PrintStream(OutputStream.nullOutputStream()));

    /**
     * A compiled answer.
     *
     * @param fingerprint of its class files
     */
    record Compiled(Path classes, String fingerprint) {

        void delete() {
            Scratch.delete(classes);
        }
    }

    /** Compiles an answer's source; empty if it is no valid Java. */
    Optional<Compiled> compile(Exercise exercise, String source) throws IOException {
        Path folder = Scratch.folder("mutant-");
        Path file = folder.resolve(exercise.name() + ".java");
        Files.writeString(file, source);
        boolean isSuccess = javac.compile(List.of(file), folder).isSuccess();
        Files.delete(file);
        Compiled compiled = new Compiled(folder, Fingerprint.of(Fingerprint.texts(folder)));
        if (!isSuccess) {
            compiled.delete();
        }
        return Optional.of(compiled).filter(all -> isSuccess);
    }

    /** Checks a compiled answer and deletes it. */
    CheckResult check(Class<?> checkpoint, Compiled answer, Duration limit) {
        try {
            return supervisor.checkOnly(
                    Checkpoints.exercise(checkpoint), List.of(answer.classes(), folder(checkpoint)), limit);
        } finally {
            answer.delete();
        }
    }

    private static Path folder(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        supervisor.close();
        javac.close();
    }
}
