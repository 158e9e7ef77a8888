package workbook.check.process;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import workbook.check.catalog.Exercise;
import workbook.check.judge.Checkpoints;
import workbook.check.verdict.Judgement;

/**
 * Judges answers that may do anything: in a JVM beside this one, within {@link Limits}. An answer that does not end, or
 * ends its JVM, or uses up its memory is BROKEN, and the next checkpoint runs all the same, in a new JVM.
 *
 * <pre>{@code
 * try (Supervisor supervisor = Supervisor.start(Limits.usual())) {
 *     Judgement judgement = supervisor.judge(RunningTotalsCheckpoint.class);
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
    private volatile boolean isInterrupted;

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
    public Judgement judge(Class<?> checkpoint) {
        return judge(checkpoint, Checkpoints.subject(checkpoint));
    }

    /**
     * Judges a subclass of the exercise in its place.
     *
     * @throws IllegalStateException if the checkpoint itself failed, or the JVM to judge in does not start
     */
    public Judgement judge(Class<?> checkpoint, Class<?> subject) {
        return judge(checkpoint, subject, limits.time());
    }

    /** The same within another time. */
    public Judgement judge(Class<?> checkpoint, Class<?> subject, Duration time) {
        return ask(Checkpoints.exercise(checkpoint), Request.of(checkpoint, subject, time), early -> {});
    }

    /**
     * Judges an exercise and by a checkpoint that lie, compiled, in these folders, and not on this JVM's class path.
     *
     * @param early told the judgement on a refused answer before its mistake's name is looked for, which may take longer
     *        than the judgement
     * @throws IllegalStateException if the checkpoint itself failed, or the JVM to judge in does not start
     * @throws CancellationException if it was interrupted
     */
    public Judgement judge(Exercise exercise, List<Path> places, Consumer<Judgement> early) {
        return ask(exercise, Request.of(exercise, places, limits.time()), early);
    }

    private Judgement ask(Exercise exercise, Request request, Consumer<Judgement> early) {
        isInterrupted = false;
        Reply reply = worker().ask(exercise, request, first -> {
            early.accept(first.judgement());
            standBy();
        });
        if (isInterrupted) {
            throw new CancellationException("Another judgement is wanted in the place of this one.");
        }
        if (reply.isLast()) {
            worker.kill();
        }
        standBy();
        if (reply.judgement() == null) {
            throw new IllegalStateException(reply.failure());
        }
        return reply.judgement();
    }

    /** From another thread: lets the judgement that is under way come without its mistake's name, if it is told already. */
    public void hurry() {
        worker.hurry();
    }

    /** From another thread: ends the judgement that is under way. */
    public void interrupt() {
        isInterrupted = true;
        worker.kill();
    }

    /** Lets the JVM that stands by go, until the next verdict: somebody else is being judged elsewhere. */
    public void rest() {
        if (spare != null) {
            spare.dismiss();
            spare = null;
        }
    }

    private WorkerProcess worker() {
        if (!worker.isAlive()) {
            worker.dismiss();
            worker = spare != null ? spare : begin();
            spare = null;
        }
        return worker;
    }

    private void standBy() {
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
        worker.dismiss();
        rest();
    }
}
