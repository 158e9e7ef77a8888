package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.process.CheckListener;
import workbook.check.process.Supervisor;
import workbook.check.process.WorkerJvm;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.verdict.CheckResult;
import workbook.evaluate.libraries.ClassPathException;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.month.ExerciseChecker;

/** Compiles exercises and checks them in warm JVMs, each with the class path of its lesson. Prints their output. */
public final class WarmJvmChecker implements ExerciseChecker {

    private final Workspace workspace;
    private final ClassPaths classPaths;
    private final RequiredEngines engines;
    private final ExerciseCompiler compiler;
    private final WorkerPool workers;
    private volatile Supervisor current;

    /** @param expected the exercises that may be checked: the engines of their checkpoints are warmed up */
    public WarmJvmChecker(Workspace workspace, ClassPaths classPaths, List<Exercise> expected, PrintStream console) {
        this.workspace = workspace;
        this.classPaths = classPaths;
        engines = new RequiredEngines(workspace, expected);
        compiler = new ExerciseCompiler(workspace);
        workers = new WorkerPool(console);
    }

    /**
     * The result of a check with the hashes of the files.
     *
     * @param isCompiled if false, the verdict is BROKEN and nothing was run
     */
    public record CheckedAnswer(CheckResult result, Hashes hashes, boolean isCompiled) {

        /** For the {@linkplain workbook.check.progress.Progress progress}. */
        public Attempt attempt() {
            return Attempt.of(result, hashes);
        }
    }

    /**
     * Starts to warm up the JVM for an exercise, and returns at once.
     *
     * @throws ClassPathException if the class path cannot be resolved
     */
    public void prepare(Exercise exercise) {
        workers.on(jvm(exercise));
    }

    @Override
    public CheckResult check(Exercise exercise) {
        return check(exercise, CheckListener.NONE).result();
    }

    /**
     * Checks an exercise.
     *
     * @param listener receives the steps that have passed, and the result of a failed answer before its diagnosis
     * @throws CancellationException if it was {@linkplain #interrupt interrupted}
     * @throws IllegalStateException if the checkpoint itself failed
     * @throws ClassPathException if the class path cannot be resolved
     */
    public CheckedAnswer check(Exercise exercise, CheckListener listener) {
        Hashes hashes = Hashes.of(workspace, exercise);
        WorkerJvm jvm = jvm(exercise);
        current = workers.on(jvm);
        try (ExerciseCompiler.Compiled compiled = compiler.compile(exercise, jvm.classPath())) {
            if (!hashes.equals(Hashes.of(workspace, exercise))) {
                return check(exercise, listener); // saved during compilation: unknown which version was compiled
            }
            return compiled.errors().isEmpty()
                    ? new CheckedAnswer(current.check(exercise, compiled.places(), listener), hashes, true)
                    : new CheckedAnswer(CheckResult.uncompiled(exercise, compiled.errors()), hashes, false);
        }
    }

    private WorkerJvm jvm(Exercise exercise) {
        return new WorkerJvm(classPaths.of(exercise.module()), engines.by(exercise));
    }

    /** Stops the search for a misconception; called from another thread. */
    public void skipDiagnosis() {
        if (current != null) {
            current.skipDiagnosis();
        }
    }

    /** Cancels the running check, called from another thread; the next check uses another JVM. */
    public void interrupt() {
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void close() {
        workers.close();
        compiler.close();
    }
}
