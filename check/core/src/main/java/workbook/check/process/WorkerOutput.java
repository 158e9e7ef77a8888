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
 * The console output of a {@link Worker}. It is shown immediately, up to a number of lines per checkpoint. A line that
 * equals the worker's mark ends the output of a checkpoint; output outside a checkpoint is not shown.
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

    /** Reads the output until its end, on a thread of its own. */
    static WorkerOutput of(InputStream printed, String mark, int limit, PrintStream console) {
        WorkerOutput output = new WorkerOutput(mark, limit, console);
        Thread reading = new Thread(() -> output.read(printed), "output of the worker");
        reading.setDaemon(true);
        reading.start();
        return output;
    }

    /** Starts the output of a checkpoint: lines are shown until its end. */
    synchronized void begin() {
        isShown = true;
    }

    /** Waits until all output of the checkpoint, or of the worker's start, is processed. */
    void awaitEnd() {
        try {
            ends.tryAcquire(SECONDS_TO_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The output before the first checkpoint; reported if the worker does not start. */
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
            // the worker was killed: there is no more output
        } finally {
            end();
            ends.release(Integer.MAX_VALUE / 2);
        }
    }

    /** Holds back an empty line: it may belong to the mark, which begins with a line break. */
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
