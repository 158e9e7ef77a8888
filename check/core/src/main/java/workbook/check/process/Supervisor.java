package workbook.check.process;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import workbook.check.catalog.Exercise;
import workbook.check.checkpoint.Checkpoints;
import workbook.check.verdict.CheckResult;

/**
 * Checks answers in a separate JVM, within {@link Limits}. An answer that does not finish, exits its JVM or runs out of
 * memory is BROKEN, and the next checkpoint runs in a new JVM.
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

    /** Starts a worker's JVM and returns without waiting for it. */
    public static Supervisor start(Limits limits) {
        return start(limits, System.out);
    }

    public static Supervisor start(Limits limits, PrintStream console) {
        return new Supervisor(limits, WorkerJvm.here(), console);
    }

    /**
     * Starts a worker on another class path. If the JVM has engines to warm up, it does so before the first request, and
     * a spare worker starts after the first verdict, to replace one that is lost.
     */
    public static Supervisor start(Limits limits, WorkerJvm jvm, PrintStream console) {
        return new Supervisor(limits, jvm, console);
    }

    /** Checks the exercise's own class. */
    public CheckResult check(Class<?> checkpoint) {
        return check(checkpoint, Checkpoints.answerClass(checkpoint));
    }

    /**
     * Checks a subclass of the exercise in its place.
     *
     * @throws IllegalStateException if the checkpoint itself fails, or the worker's JVM does not start
     */
    public CheckResult check(Class<?> checkpoint, Class<?> answerClass) {
        return check(checkpoint, answerClass, limits.time());
    }

    /** Checks a subclass of the exercise within another time limit. */
    public CheckResult check(Class<?> checkpoint, Class<?> answerClass, Duration time) {
        return ask(Checkpoints.exercise(checkpoint), Request.of(checkpoint, answerClass, time), CheckListener.NONE);
    }

    /**
     * Checks an exercise whose answer and checkpoint are compiled in these folders, not on this JVM's class path.
     *
     * @param listener receives the steps that have passed, and the result of a failed answer before its diagnosis
     * @throws IllegalStateException if the checkpoint itself fails, or the worker's JVM does not start
     * @throws CancellationException if the check was cancelled
     */
    public CheckResult check(Exercise exercise, List<Path> places, CheckListener listener) {
        return ask(exercise, Request.of(exercise, places, limits.time(), true), listener);
    }

    /**
     * Checks an exercise whose answer and checkpoint are compiled in these folders, within another time limit and without
     * a diagnosis.
     *
     * @throws IllegalStateException if the checkpoint itself fails, or the worker's JVM does not start
     */
    public CheckResult checkOnly(Exercise exercise, List<Path> places, Duration time) {
        return ask(exercise, Request.of(exercise, places, time, false), CheckListener.NONE);
    }

    private CheckResult ask(Exercise exercise, Request request, CheckListener listener) {
        isCancelled = false;
        Reply reply = worker().ask(exercise, request, early -> {
            if (early.isOfAStep()) {
                listener.passed(early.passed());
            } else {
                listener.failed(early.result());
                startSpare();
            }
        });
        if (isCancelled) {
            throw new CancellationException("The check was cancelled.");
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

    /** Skips a running diagnosis: the result that was reported early becomes final. May be called by another thread. */
    public void skipDiagnosis() {
        worker.skipDiagnosis();
    }

    /** Cancels the running check. May be called by another thread. */
    public void cancel() {
        isCancelled = true;
        worker.kill();
    }

    /** Stops the spare worker until the next verdict, while another supervisor is in use. */
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
            spare = WorkerProcess.startSpare(limits, jvm, console);
        }
    }

    private WorkerProcess begin() {
        return WorkerProcess.start(limits, jvm, console);
    }

    /** Stops the workers. They also end if this JVM is killed. */
    @Override
    public void close() {
        worker.release();
        stopSpare();
    }
}
