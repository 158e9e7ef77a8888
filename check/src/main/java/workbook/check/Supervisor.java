package workbook.check;

import java.io.PrintStream;
import java.time.Duration;

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
 * <p>What the answers print is shown on this JVM's console. Spark is started there only, not here.
 */
public final class Supervisor implements AutoCloseable {

    private final Limits limits;
    private final PrintStream console;
    private WorkerProcess worker;

    private Supervisor(Limits limits, PrintStream console) {
        this.limits = limits;
        this.console = console;
        worker = WorkerProcess.start(limits, console);
    }

    /** Starts the JVM to judge in, and returns while it gets ready. */
    public static Supervisor start(Limits limits) {
        return start(limits, System.out);
    }

    static Supervisor start(Limits limits, PrintStream console) {
        return new Supervisor(limits, console);
    }

    /** Judges the exercise's own class. */
    public Judgement judge(Class<?> checkpoint) {
        return judge(checkpoint, Exercise.of(checkpoint).type());
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
    Judgement judge(Class<?> checkpoint, Class<?> subject, Duration time) {
        Exercise exercise = Exercise.of(checkpoint);
        Answer answer = worker().ask(exercise, Request.of(checkpoint, subject, time));
        if (answer.isLast()) {
            worker.kill();
        }
        if (answer.verdict() == null) {
            throw new IllegalStateException(answer.reason());
        }
        return new Judgement(exercise, answer.verdict(), answer.reason(), answer.diagnosis());
    }

    private WorkerProcess worker() {
        if (!worker.isAlive()) {
            worker.dismiss();
            worker = WorkerProcess.start(limits, console);
        }
        return worker;
    }

    /** Lets the other JVM go. It would go as well if this one were killed. */
    @Override
    public void close() {
        worker.dismiss();
    }
}
