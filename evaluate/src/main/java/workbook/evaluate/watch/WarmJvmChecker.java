package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.process.Supervisor;
import workbook.check.process.WorkerJvm;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.verdict.CheckResult;
import workbook.evaluate.libraries.ClassPathException;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.month.ExerciseChecker;

/**
 * Compiles exercises as they are on the desk, and judges them, each in a JVM on its lesson's class path that is warm. What they
 * print is shown.
 */
public final class WarmJvmChecker implements ExerciseChecker {

    private final Workspace desk;
    private final ClassPaths classPaths;
    private final RequiredEngines needed;
    private final ExerciseCompiler compiler;
    private final WorkerPool workers;
    private volatile Supervisor judging;

    /** @param expected the exercises that may be judged: what their checkpoints need is warm before the first */
    public WarmJvmChecker(Workspace desk, ClassPaths classPaths, List<Exercise> expected, PrintStream console) {
        this.desk = desk;
        this.classPaths = classPaths;
        needed = new RequiredEngines(desk, expected);
        compiler = new ExerciseCompiler(desk);
        workers = new WorkerPool(console);
    }

    /**
     * What somebody has tried, and what came of it.
     *
     * @param isCompiled if not, it is BROKEN, and nothing was run
     */
    public record CheckedAnswer(CheckResult result, Hashes hashes, boolean isCompiled) {

        /** For the {@linkplain workbook.check.progress.Progress progress}. */
        public Attempt attempt() {
            return Attempt.of(result, hashes);
        }
    }

    /**
     * Sees to it that an exercise can be judged soon; returns while what judges it gets warm.
     *
     * @throws ClassPathException if nobody knows what its code may use
     */
    public void prepare(Exercise exercise) {
        workers.on(jvm(exercise));
    }

    @Override
    public CheckResult judge(Exercise exercise) {
        return judge(exercise, early -> {}).result();
    }

    /**
     * Judges an exercise.
     *
     * @param early told the result on a refused answer before its mistake's name is looked for
     * @throws CancellationException if it was {@linkplain #interrupt interrupted}
     * @throws IllegalStateException if the checkpoint itself failed
     * @throws ClassPathException if nobody knows what its code may use
     */
    public CheckedAnswer judge(Exercise exercise, Consumer<CheckResult> early) {
        Hashes hashes = Hashes.of(desk, exercise);
        WorkerJvm jvm = jvm(exercise);
        judging = workers.on(jvm);
        try (ExerciseCompiler.Compiled compiled = compiler.compile(exercise, jvm.classPath())) {
            if (!hashes.equals(Hashes.of(desk, exercise))) {
                return judge(exercise, early); // saved meanwhile: which text was compiled nobody knows
            }
            return compiled.errors().isEmpty()
                    ? new CheckedAnswer(judging.check(exercise, compiled.places(), early), hashes, true)
                    : new CheckedAnswer(CheckResult.uncompiled(exercise, compiled.errors()), hashes, false);
        }
    }

    private WorkerJvm jvm(Exercise exercise) {
        return new WorkerJvm(classPaths.of(exercise.module()), needed.by(exercise));
    }

    /** From another thread: whoever looks for a mistake's name need not go on. */
    public void hurry() {
        if (judging != null) {
            judging.skipDiagnosis();
        }
    }

    /** From another thread: ends the result that is under way; the next begins in another JVM. */
    public void interrupt() {
        if (judging != null) {
            judging.cancel();
        }
    }

    @Override
    public void close() {
        workers.close();
        compiler.close();
    }
}
