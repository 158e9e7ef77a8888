package workbook.capstone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Ctrl-C, or whoever else asks this process to end: the first time it ends in order, the second time at once. */
final class ShutdownHandler {

    /** What a shell reports of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private final CountDownLatch wanted = new CountDownLatch(1);

    private ShutdownHandler() {}

    /** Listens from now on. */
    static ShutdownHandler register() {
        ShutdownHandler stopping = new ShutdownHandler();
        Signals.register("INT", stopping::signal);
        Signals.register("TERM", stopping::signal);
        return stopping;
    }

    private synchronized void signal() {
        if (isRequested()) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        wanted.countDown();
    }

    /** Whether it was asked for. */
    boolean isRequested() {
        return wanted.getCount() == 0;
    }

    /** Waits so long at the most, and says whether it was asked for. */
    boolean await(Duration patience) throws InterruptedException {
        return wanted.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
