package workbook.check.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What a {@link Worker} prints: shown as it comes, up to a number of lines for each checkpoint. A line that is the
 * worker's mark ends a checkpoint's part; what comes between two checkpoints, or before the first, is not shown.
 */
final class WorkerOutput {

    private static final int WIDTH = 2_000;
    private static final int START_LINES = 20;
    private static final long SECONDS_TO_WAIT = 10;
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private final String mark;
    private final int limit;
    private final PrintStream console;
    private final Semaphore ends = new Semaphore(0);
    private final List<String> start = new ArrayList<>();
    private boolean isShown;
    private boolean isOutOfMemory;
    private boolean isBlank;
    private long lines;

    private WorkerOutput(String mark, int limit, PrintStream console) {
        this.mark = mark;
        this.limit = limit;
        this.console = console;
    }

    /** Reads what comes, on a thread of its own, until it ends. */
    static WorkerOutput of(InputStream printed, String mark, int limit, PrintStream console) {
        WorkerOutput output = new WorkerOutput(mark, limit, console);
        Thread reading = new Thread(() -> output.read(printed), "output of the worker");
        reading.setDaemon(true);
        reading.start();
        return output;
    }

    /** A checkpoint begins: what comes from now on is shown, until its end. */
    synchronized void begin() {
        isShown = true;
    }

    /** Waits until all of the checkpoint's output, or of the start's, has been shown. */
    void awaitEnd() {
        try {
            ends.tryAcquire(SECONDS_TO_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the JVM said before it was ready: of use only where it never was. */
    synchronized String start() {
        return String.join("\n", start);
    }

    synchronized boolean isOutOfMemory() {
        return isOutOfMemory;
    }

    private void read(InputStream printed) {
        try (Reader reader = new InputStreamReader(printed, StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n' && c != '\r') {
                    line.append((char) c);
                }
                if (c == '\n' || line.length() == WIDTH) {
                    take(line.toString());
                    line.setLength(0);
                }
            }
            take(line.toString());
        } catch (IOException e) {
            // the worker was ended: there is no more
        } finally {
            end();
            ends.release(Integer.MAX_VALUE / 2);
        }
    }

    /** The mark comes with a line break of its own, which shows as an empty line before it. */
    private synchronized void take(String line) {
        if (line.equals(mark)) {
            end();
            ends.release();
        } else if (line.startsWith(OUT_OF_MEMORY)) {
            isOutOfMemory = true;
        } else {
            if (isBlank) {
                show("");
            }
            isBlank = line.isEmpty();
            if (!isBlank) {
                show(line);
            }
        }
    }

    private void show(String line) {
        if (!isShown && start.size() < START_LINES) {
            start.add(line);
        } else if (isShown && lines++ < limit) {
            console.println(line);
        }
    }

    private synchronized void end() {
        if (lines > limit) {
            console.printf(Locale.ROOT, "… and %,d more lines%n", lines - limit);
        }
        isShown = false;
        isBlank = false;
        lines = 0;
    }
}
