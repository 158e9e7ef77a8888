package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Fingerprint;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.process.Limits;
import workbook.check.process.Supervisor;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;
import workbook.kit.Javac;
import workbook.kit.Scratch;

/**
 * Checks mutants of an exercise's answer in a worker's JVM, each in a class loader of its own. What they print is not shown.
 * A mutant that does not end, or ends its JVM, is refused, and the next one gets a new JVM.
 */
final class MutantJudge implements AutoCloseable {

    /** The time limit of the answer itself. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Exercise exercise;
    private final Path checkpoint;
    private final Javac javac = new Javac(System.getProperty("java.class.path"));
    private final Supervisor supervisor =
            Supervisor.start(Limits.defaults(), new PrintStream(OutputStream.nullOutputStream()));
    private final Set<String> known = new HashSet<>();

    MutantJudge(Class<?> checkpoint) {
        this.exercise = Checkpoints.exercise(checkpoint);
        this.checkpoint = folder(checkpoint);
    }

    /**
     * Checks the answer itself, which has to be accepted.
     *
     * @return the time limit of its mutants: twice the time that it took, with the start of the worker and its engines
     */
    Duration checkAnswer(String source) throws IOException {
        long begin = System.nanoTime();
        CheckResult result = check(compile(source).orElseThrow(), LIMIT);
        assertThat(result.verdict()).as("the answer itself: %s", result).isEqualTo(Verdict.SOLVED);
        return Duration.ofNanos(System.nanoTime() - begin).multipliedBy(2);
    }

    /**
     * Checks a mutant.
     *
     * @return what the checkpoint says if it refuses the mutant, an empty text if it accepts it; nothing if the mutant does
     *         not compile, or its class files are those of the answer or an earlier mutant
     */
    Optional<String> check(AnswerMutant mutant, Duration limit) throws IOException {
        return compile(mutant.source()).map(classes -> {
            try {
                CheckResult result = check(classes, limit);
                return result.verdict() == Verdict.SOLVED ? "" : result.toString();
            } catch (IllegalStateException e) {
                return "The checkpoint itself failed: " + e.getMessage();
            }
        });
    }

    private CheckResult check(Path classes, Duration limit) {
        try {
            return supervisor.checkOnly(exercise, List.of(classes, checkpoint), limit);
        } finally {
            Scratch.delete(classes);
        }
    }

    /** The folder of the class files, if they are new. */
    private Optional<Path> compile(String source) throws IOException {
        Path folder = Scratch.folder("mutant-");
        Path file = Files.writeString(folder.resolve(exercise.name() + ".java"), source);
        boolean isSuccess = javac.compile(List.of(file), folder).isSuccess();
        Files.delete(file);
        if (isSuccess && known.add(Fingerprint.of(Fingerprint.texts(folder)))) {
            return Optional.of(folder);
        }
        Scratch.delete(folder);
        return Optional.empty();
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
