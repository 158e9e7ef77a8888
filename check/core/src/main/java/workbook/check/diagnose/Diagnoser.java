package workbook.check.diagnose;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.checkpoint.ChildFirstClassLoader;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Diagnosis;
import workbook.kit.Javac;
import workbook.kit.Scratch;

/**
 * Recognizes a mistake by its behaviour. After an answer has failed, the same checkpoint checks the exercise's
 * misconceptions. If one of them fails at the same step with exactly the same behaviour, it is the diagnosis. The source
 * is not compared, and without an exact match there is no diagnosis. There is at most one match: a proof ensures that no
 * two misconceptions behave alike.
 *
 * <p>The misconceptions are in {@code solutions}, which a learner's build does not include. They are compiled here and
 * loaded by a class loader of their own. Without {@code solutions} there is no diagnosis.
 */
public final class Diagnoser {

    private Diagnoser() {}

    /**
     * The result with what is known about the reason of a failure: that a static field keeps data, else the misconception
     * that behaves like the answer.
     *
     * @param isWanted asked before the search and before each misconception; if false, the search ends
     */
    public static CheckResult explained(Class<?> checkpoint, CheckResult result, BooleanSupplier isWanted) {
        return isWanted.getAsBoolean()
                        && StaticFields.areTheReason(checkpoint, Checkpoints.answerClass(checkpoint), result)
                ? result.withNote(StaticFields.NOTE)
                : diagnose(checkpoint, result, isWanted)
                        .map(Diagnoser::diagnosis)
                        .map(result::with)
                        .orElse(result);
    }

    /** The misconception that behaves like the failed answer. */
    public static Optional<Class<?>> diagnose(Class<?> checkpoint, CheckResult failed) {
        return diagnose(checkpoint, failed, () -> true);
    }

    /**
     * The misconception that behaves like the failed answer.
     *
     * @param isWanted asked before each misconception is checked; if false, the result is empty
     */
    public static Optional<Class<?>> diagnose(Class<?> checkpoint, CheckResult failed, BooleanSupplier isWanted) {
        if (!failed.verdict().isFailure()) {
            return Optional.empty();
        }
        List<Path> sources = sources(failed.exercise());
        Path classes = Scratch.folder("misconceptions-");
        if (!sources.stream().allMatch(Files::exists) || !compile(sources, classes)) {
            return Optional.empty();
        }
        try (ChildFirstClassLoader loader =
                new ChildFirstClassLoader(classes.toUri().toURL(), location(checkpoint))) {
            Class<?> reloaded = Class.forName(checkpoint.getName(), true, loader);
            return loader.asContextClassLoader(() -> match(reloaded, failed, isWanted));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    "The misconceptions in " + classes + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Optional<Class<?>> match(Class<?> checkpoint, CheckResult failed, BooleanSupplier isWanted) {
        return Misconceptions.of(checkpoint).stream()
                .takeWhile(next -> isWanted.getAsBoolean())
                .filter(wrong -> CheckpointRunner.run(checkpoint, wrong).behavesLike(failed))
                .findFirst();
    }

    /** The diagnosis for an answer that behaves like this misconception. */
    public static Diagnosis diagnosis(Class<?> misconception) {
        Misconception known = misconception.getAnnotation(Misconception.class);
        return new Diagnosis(misconception.getSimpleName(), known.believed(), known.really(), known.concept());
    }

    private static List<Path> sources(Exercise exercise) {
        Path answer = Workspace.current().home().resolve(exercise.answer());
        return List.of(answer, answer.resolveSibling(exercise.name() + "Misconceptions.java"));
    }

    /** Compiles the misconceptions. Errors are not reported here: the proof reports them. */
    private static boolean compile(List<Path> sources, Path target) {
        try (Javac javac = new Javac(System.getProperty("java.class.path"))) {
            return javac.compile(sources, target).isSuccess();
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
