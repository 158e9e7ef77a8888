package workbook.capstone;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** Ctrl-C, or whoever else asks this process to end: the first time it ends in order, the second time at once. */
final class Stopping {

    /** What a shell reports of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private final AtomicBoolean wanted = new AtomicBoolean();

    private Stopping() {}

    /** Listens from now on. */
    static Stopping onSignals() {
        Stopping stopping = new Stopping();
        Signals.register("INT", stopping::signal);
        Signals.register("TERM", stopping::signal);
        return stopping;
    }

    private void signal() {
        if (wanted.getAndSet(true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }

    /** Whether it was asked for. */
    boolean isWanted() {
        return wanted.get();
    }
}
