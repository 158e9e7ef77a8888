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
import workbook.check.checkpoint.ChildFirstClassLoader;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Diagnosis;
import workbook.kit.Javac;
import workbook.kit.Scratch;

/**
 * Recognises a mistake by its behaviour. When an answer was refused, the same checkpoint judges the exercise's
 * misconceptions; where one of them is refused at the same step, having done exactly the same, the learner is told what
 * its author believed. No source is read, and nothing is guessed: no match, no name. Two matches cannot be, because the
 * proof forbids two misconceptions that behave alike.
 *
 * <p>The misconceptions lie in {@code solutions}, which a learner's check does not build; they are compiled here, and
 * meet the checkpoint in a class loader of their own. Where there is no {@code solutions}, there is no diagnosis.
 */
public final class Diagnoser {

    private Diagnoser() {}

    /** The misconception that behaves as the refused answer did. */
    public static Optional<Class<?>> diagnose(Class<?> checkpoint, CheckResult refused) {
        return diagnose(checkpoint, refused, () -> true);
    }

    /** The same, and none is found once there is no patience any more, which is asked before each misconception. */
    public static Optional<Class<?>> diagnose(Class<?> checkpoint, CheckResult refused, BooleanSupplier isPatient) {
        if (!refused.verdict().isFailure()) {
            return Optional.empty();
        }
        List<Path> sources = sources(refused.exercise());
        Path classes = Scratch.folder("misconceptions-");
        if (!sources.stream().allMatch(Files::exists) || !compile(sources, classes)) {
            return Optional.empty();
        }
        try (ChildFirstClassLoader loader =
                new ChildFirstClassLoader(classes.toUri().toURL(), location(checkpoint))) {
            Class<?> itsTwin = Class.forName(checkpoint.getName(), true, loader);
            return loader.asContextClassLoader(() -> match(itsTwin, refused, isPatient));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    "The misconceptions in " + classes + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Optional<Class<?>> match(Class<?> checkpoint, CheckResult refused, BooleanSupplier isPatient) {
        return Misconceptions.of(checkpoint).stream()
                .takeWhile(next -> isPatient.getAsBoolean())
                .filter(wrong -> CheckpointRunner.run(checkpoint, wrong).behavesLike(refused))
                .findFirst();
    }

    /** What a misconception says of itself. */
    public static Diagnosis diagnosis(Class<?> misconception) {
        Misconception known = misconception.getAnnotation(Misconception.class);
        return new Diagnosis(misconception.getSimpleName(), known.believed(), known.really(), known.concept());
    }

    private static List<Path> sources(Exercise exercise) {
        Path answer = Workspace.current().home().resolve(exercise.answer());
        return List.of(answer, answer.resolveSibling(exercise.name() + "Misconceptions.java"));
    }

    /** What is wrong with them is nobody's business here: the proof compiles them, too. */
    private static boolean compile(List<Path> sources, Path target) {
        try (Javac javac = new Javac(System.getProperty("java.class.path"))) {
            return javac.compile(sources, target).isFine();
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
