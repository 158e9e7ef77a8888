package workbook.check.diagnose;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
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
 * misconceptions, and then the steps after the failed one, of the answer and of those misconceptions that are similar.
 *
 * <ul>
 *   <li>A misconception is the diagnosis if it behaves exactly like the answer in all steps. There is at most one: a proof
 *       ensures that no two misconceptions fail in the same way.
 *   <li>Without one, a misconception is a guess if it alone fails in the same steps, with differences of the same kinds.
 * </ul>
 *
 * <p>The source is not compared. The misconceptions are in {@code solutions}, which a learner's build does not include.
 * They are compiled here and loaded by a class loader of their own. Without {@code solutions} there is no diagnosis.
 */
public final class Diagnoser {

    private final Class<?> checkpoint;
    private final Class<?> answerClass;
    private final CheckResult failed;
    private final BooleanSupplier isWanted;

    private Diagnoser(Class<?> checkpoint, Class<?> answerClass, CheckResult failed, BooleanSupplier isWanted) {
        this.checkpoint = checkpoint;
        this.answerClass = answerClass;
        this.failed = failed;
        this.isWanted = isWanted;
    }

    /**
     * The result with what is known about the reason of a failure: that a static field keeps data, else the misconception
     * that behaves like the answer, or a guess.
     *
     * @param isWanted asked before the search and before each misconception; if false, the search ends
     */
    public static CheckResult explained(Class<?> checkpoint, CheckResult result, BooleanSupplier isWanted) {
        Class<?> answerClass = Checkpoints.answerClass(checkpoint);
        return isWanted.getAsBoolean() && StaticFields.areTheReason(checkpoint, answerClass, result)
                ? result.withNote(StaticFields.NOTE)
                : diagnose(checkpoint, answerClass, result, isWanted)
                        .map(result::with)
                        .orElse(result);
    }

    /** The misconception that behaves like the failed answer, or a guess. */
    public static Optional<Diagnosis> diagnose(Class<?> checkpoint, Class<?> answerClass, CheckResult failed) {
        return diagnose(checkpoint, answerClass, failed, () -> true);
    }

    /**
     * The misconception that behaves like the failed answer, or a guess.
     *
     * @param isWanted asked before each misconception is checked; if false, the result is empty
     */
    public static Optional<Diagnosis> diagnose(
            Class<?> checkpoint, Class<?> answerClass, CheckResult failed, BooleanSupplier isWanted) {
        return failed.verdict().isFailure()
                ? new Diagnoser(checkpoint, answerClass, failed, isWanted).diagnosis()
                : Optional.empty();
    }

    /**
     * A misconception that is similar to the answer.
     *
     * @param isAlike whether it behaves exactly like the answer in the step that failed
     * @param later the results of the later steps
     */
    private record Candidate(Class<?> misconception, boolean isAlike, Map<String, CheckResult> later) {

        /** Whether it behaves exactly like the answer, which has these results in later steps. */
        boolean behavesLike(Map<String, CheckResult> other) {
            return isAlike && agrees(other, CheckResult::behavesLike);
        }

        /**
         * Whether it fails in the same later steps, with differences of the same kinds. One that behaved exactly alike
         * before is no guess: its later steps show another mistake.
         */
        boolean isSimilarTo(Map<String, CheckResult> other) {
            return !isAlike && agrees(other, Candidate::isSimilar);
        }

        private static boolean isSimilar(CheckResult some, CheckResult other) {
            return some.verdict() == other.verdict() && some.kinds().equals(other.kinds());
        }

        private boolean agrees(Map<String, CheckResult> other, BiPredicate<CheckResult, CheckResult> alike) {
            return later.keySet().equals(other.keySet())
                    && later.keySet().stream().allMatch(step -> alike.test(later.get(step), other.get(step)));
        }
    }

    private Optional<Diagnosis> diagnosis() {
        List<Candidate> candidates = candidates();
        if (candidates.isEmpty() || !isWanted.getAsBoolean()) {
            return Optional.empty();
        }
        boolean isLastStep = candidates.get(0).later().isEmpty();
        Map<String, CheckResult> later = isLastStep ? Map.of() : laterSteps();
        Optional<Candidate> exact = candidates.stream()
                .filter(candidate -> candidate.behavesLike(later))
                .findFirst();
        if (exact.isPresent()) {
            return exact.map(candidate -> diagnosis(candidate.misconception(), false));
        }
        List<Candidate> similar = candidates.stream()
                .filter(candidate -> candidate.isSimilarTo(later))
                .toList();
        return similar.size() == 1 && isWanted.getAsBoolean()
                ? Optional.of(diagnosis(similar.get(0).misconception(), true))
                : Optional.empty();
    }

    /** The misconceptions that fail in the same step: the one that behaves exactly alike, else all that are similar. */
    private List<Candidate> candidates() {
        List<Path> sources = sources(failed.exercise());
        Path classes = Scratch.folder("misconceptions-");
        if (!sources.stream().allMatch(Files::exists) || !compile(sources, classes)) {
            return List.of();
        }
        try (ChildFirstClassLoader loader =
                new ChildFirstClassLoader(classes.toUri().toURL(), location(checkpoint))) {
            Class<?> reloaded = Class.forName(checkpoint.getName(), true, loader);
            return loader.asContextClassLoader(() -> candidates(reloaded));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    "The misconceptions in " + classes + " cannot be used: " + e.getMessage(), e);
        }
    }

    private List<Candidate> candidates(Class<?> reloaded) {
        List<Class<?>> similar = new ArrayList<>();
        for (Class<?> misconception : Misconceptions.of(reloaded)) {
            if (!isWanted.getAsBoolean()) {
                return List.of();
            }
            CheckResult result = CheckpointRunner.run(reloaded, misconception);
            if (result.behavesLike(failed)) {
                return List.of(candidate(reloaded, misconception, true));
            }
            if (isSimilar(result)) {
                similar.add(misconception);
            }
        }
        return similar.stream()
                .takeWhile(misconception -> isWanted.getAsBoolean())
                .map(misconception -> candidate(reloaded, misconception, false))
                .toList();
    }

    private Candidate candidate(Class<?> reloaded, Class<?> misconception, boolean isAlike) {
        return new Candidate(misconception, isAlike, CheckpointRunner.runAfter(reloaded, misconception, failed.step()));
    }

    /** Whether the result has the same step, and differences of the same kinds. */
    private boolean isSimilar(CheckResult result) {
        return result.verdict() == failed.verdict()
                && result.step().equals(failed.step())
                && !failed.kinds().isEmpty()
                && result.kinds().equals(failed.kinds());
    }

    /** The results of the answer in the steps after the failed one. */
    private Map<String, CheckResult> laterSteps() {
        return ChildFirstClassLoader.withContextClassLoader(
                answerClass.getClassLoader(), () -> CheckpointRunner.runAfter(checkpoint, answerClass, failed.step()));
    }

    private static Diagnosis diagnosis(Class<?> misconception, boolean isGuess) {
        Misconception known = misconception.getAnnotation(Misconception.class);
        return new Diagnosis(misconception.getSimpleName(), known.believed(), known.really(), known.concept(), isGuess);
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
