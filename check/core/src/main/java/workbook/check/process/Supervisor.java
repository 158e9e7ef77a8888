package workbook.check.process;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import workbook.check.catalog.Exercise;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.verdict.CheckResult;

/**
 * Judges answers that may do anything: in a JVM beside this one, within {@link Limits}. An answer that does not end, or
 * ends its JVM, or uses up its memory is BROKEN, and the next checkpoint runs all the same, in a new JVM.
 *
 * <pre>{@code
 * try (Supervisor supervisor = Supervisor.start(Limits.defaults())) {
 *     CheckResult result = supervisor.check(RunningTotalsCheckpoint.class);
 * }
 * }</pre>
 *
 * <p>What the answers print is shown on this JVM's console. Engines are started there only, not here.
 */
public final class Supervisor implements AutoCloseable {

    private final Limits limits;
    private final WorkerJvm jvm;
    private final PrintStream console;
    private volatile WorkerProcess worker;
    private WorkerProcess spare;
    private volatile boolean isCancelled;

    private Supervisor(Limits limits, WorkerJvm jvm, PrintStream console) {
        this.limits = limits;
        this.jvm = jvm;
        this.console = console;
        worker = begin();
    }

    /** Starts the JVM to judge in, and returns while it gets ready. */
    public static Supervisor start(Limits limits) {
        return start(limits, System.out);
    }

    public static Supervisor start(Limits limits, PrintStream console) {
        return new Supervisor(limits, WorkerJvm.here(), console);
    }

    /**
     * The same on a class path of its own. Whoever judges all day has it warm: the JVM has warmed up before it is asked, and
     * once the first verdict is given, a second one stands by, so that nobody waits after the loss of the first.
     */
    public static Supervisor start(Limits limits, WorkerJvm jvm, PrintStream console) {
        return new Supervisor(limits, jvm, console);
    }

    /** Judges the exercise's own class. */
    public CheckResult check(Class<?> checkpoint) {
        return check(checkpoint, Checkpoints.answerClass(checkpoint));
    }

    /**
     * Judges a subclass of the exercise in its place.
     *
     * @throws IllegalStateException if the checkpoint itself failed, or the JVM to judge in does not start
     */
    public CheckResult check(Class<?> checkpoint, Class<?> answerClass) {
        return check(checkpoint, answerClass, limits.time());
    }

    /** The same within another time. */
    public CheckResult check(Class<?> checkpoint, Class<?> answerClass, Duration time) {
        return ask(Checkpoints.exercise(checkpoint), Request.of(checkpoint, answerClass, time), early -> {});
    }

    /**
     * Judges an exercise and by a checkpoint that lie, compiled, in these folders, and not on this JVM's class path.
     *
     * @param early told the result on a refused answer before its mistake's name is looked for, which may take longer
     *        than the result
     * @throws IllegalStateException if the checkpoint itself failed, or the JVM to judge in does not start
     * @throws CancellationException if it was interrupted
     */
    public CheckResult check(Exercise exercise, List<Path> places, Consumer<CheckResult> early) {
        return ask(exercise, Request.of(exercise, places, limits.time()), early);
    }

    private CheckResult ask(Exercise exercise, Request request, Consumer<CheckResult> early) {
        isCancelled = false;
        Reply reply = worker().ask(exercise, request, first -> {
            early.accept(first.result());
            startSpare();
        });
        if (isCancelled) {
            throw new CancellationException("Another result is wanted in the place of this one.");
        }
        if (reply.endsWorker()) {
            worker.kill();
        }
        startSpare();
        if (reply.result() == null) {
            throw new IllegalStateException(reply.failure());
        }
        return reply.result();
    }

    /** From another thread: lets the result that is under way come without its mistake's name, if it is told already. */
    public void skipDiagnosis() {
        worker.skipDiagnosis();
    }

    /** From another thread: ends the result that is under way. */
    public void cancel() {
        isCancelled = true;
        worker.kill();
    }

    /** Lets the JVM that stands by go, until the next verdict: somebody else is being judged elsewhere. */
    public void stopSpare() {
        if (spare != null) {
            spare.release();
            spare = null;
        }
    }

    private WorkerProcess worker() {
        if (!worker.isAlive()) {
            worker.release();
            worker = spare != null ? spare : begin();
            spare = null;
        }
        return worker;
    }

    private void startSpare() {
        if (jvm.isWarm() && spare == null) {
            spare = begin();
        }
    }

    private WorkerProcess begin() {
        return WorkerProcess.start(limits, jvm, console);
    }

    /** Lets the other JVMs go. They would go as well if this one were killed. */
    @Override
    public void close() {
        worker.release();
        stopSpare();
    }
}
