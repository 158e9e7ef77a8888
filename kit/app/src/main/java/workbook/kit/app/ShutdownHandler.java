package workbook.kit.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Handles SIGINT (Ctrl-C) and SIGTERM: the first requests a clean shutdown, the second halts the JVM. */
public final class ShutdownHandler {

    /** The exit code of a program ended by Ctrl-C. */
    private static final int INTERRUPTED = 130;

    private final CountDownLatch wanted = new CountDownLatch(1);

    private ShutdownHandler() {}

    /** Registers a handler for both signals. */
    public static ShutdownHandler register() {
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

    /** Whether a shutdown was requested. */
    public boolean isRequested() {
        return wanted.getCount() == 0;
    }

    /** Waits at most this long, and returns whether a shutdown was requested. */
    public boolean await(Duration patience) throws InterruptedException {
        return wanted.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
