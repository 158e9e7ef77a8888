package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import workbook.check.catalog.Desk;
import workbook.check.catalog.Exercise;
import workbook.check.process.Limits;
import workbook.check.process.Supervisor;
import workbook.check.process.WorkerJvm;
import workbook.check.progress.Attempt;
import workbook.check.progress.Hashes;
import workbook.check.verdict.Judgement;
import workbook.evaluate.month.Examiner;

/** Compiles exercises as they are on the desk, and judges them in a JVM that is warm. What they print is shown. */
public final class Workshop implements Examiner {

    private final Desk desk;
    private final ExerciseCompiler compiler;
    private final Supervisor supervisor;

    private Workshop(Desk desk, PrintStream console) {
        this.desk = desk;
        compiler = new ExerciseCompiler(desk);
        supervisor = Supervisor.start(Limits.usual(), WorkerJvm.here().warm(List.of("workbook.check.spark")), console);
    }

    /** Opens it, and returns while it gets warm. */
    public static Workshop open(Desk desk, PrintStream console) {
        return new Workshop(desk, console);
    }

    /**
     * What somebody has tried, and what came of it.
     *
     * @param isCompiled if not, it is BROKEN, and nothing was run
     */
    public record Tried(Judgement judgement, Hashes hashes, boolean isCompiled) {

        /** For the {@linkplain workbook.check.progress.Progress progress}. */
        public Attempt attempt() {
            return Attempt.of(judgement, hashes);
        }
    }

    @Override
    public Judgement judge(Exercise exercise) {
        return judge(exercise, early -> {}).judgement();
    }

    /**
     * Judges an exercise.
     *
     * @param early told the judgement on a refused answer before its mistake's name is looked for
     * @throws CancellationException if it was {@linkplain #interrupt interrupted}
     * @throws IllegalStateException if the checkpoint itself failed
     */
    public Tried judge(Exercise exercise, Consumer<Judgement> early) {
        Hashes hashes = Hashes.of(desk, exercise);
        try (ExerciseCompiler.Compiled compiled = compiler.compile(exercise)) {
            if (!hashes.equals(Hashes.of(desk, exercise))) {
                return judge(exercise, early); // saved meanwhile: which text was compiled nobody knows
            }
            return compiled.errors().isEmpty()
                    ? new Tried(supervisor.judge(exercise, compiled.places(), early), hashes, true)
                    : new Tried(Judgement.uncompiled(exercise, compiled.errors()), hashes, false);
        }
    }

    /** From another thread: whoever looks for a mistake's name need not go on. */
    public void hurry() {
        supervisor.hurry();
    }

    /** From another thread: ends the judgement that is under way; the next begins in another JVM. */
    public void interrupt() {
        supervisor.interrupt();
    }

    @Override
    public void close() {
        supervisor.close();
        compiler.close();
    }
}
