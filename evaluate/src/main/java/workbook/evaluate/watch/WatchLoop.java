package workbook.evaluate.watch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import workbook.check.catalog.Exercise;
import workbook.check.progress.Progress;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.CheckResultText;
import workbook.check.verdict.Verdict;

/**
 * Save a file, get a verdict. One exercise is judged at a time, on a thread of its own; what is saved meanwhile comes next,
 * the last save first, and whoever saves while a verdict hangs need not wait for its end.
 */
final class WatchLoop {

    private static final long LOOK_MILLIS = 25;
    /** A verdict that takes longer is given up for the sake of a new save. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WarmJvmChecker workshop;
    private final Progress progress;
    private final WatchMessages guide;
    private final PrintStream out;
    private final ExecutorService judging = Executors.newSingleThreadExecutor(WatchLoop::daemon);
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    private Exercise current;
    private Exercise next;
    private Exercise judged;
    private CheckResult told;
    private long begun;
    private char lastKey;
    private boolean isOver;

    WatchLoop(WarmJvmChecker workshop, Progress progress, WatchMessages guide, PrintStream out) {
        this.workshop = workshop;
        this.progress = progress;
        this.guide = guide;
        this.out = out;
    }

    /** Goes on until somebody quits. */
    void run(SaveDetector saves, Keyboard keys) throws InterruptedException {
        out.println(guide.greeting(keys.isThere()));
        choose(guide.first());
        while (!isOver) {
            pressed(keys.next(LOOK_MILLIS));
            saves.look().forEach(this::wanted);
            for (Runnable event = events.poll(); event != null; event = events.poll()) {
                event.run();
            }
            letGoOfWhatHangs();
        }
        judging.shutdownNow();
    }

    private void pressed(int key) {
        switch (key) {
            case Keyboard.NONE -> {
                return;
            }
            case Keyboard.END, 'q' -> isOver = true;
            case 'n' -> guide.after(current).ifPresentOrElse(this::choose, () -> out.println(guide.nothingLeft()));
            case 'h' -> out.println(guide.hint(current));
            case 'l' -> out.println(guide.list());
            case 'r', '\r', '\n' -> wanted(current);
            case 'x' -> reset();
            default -> out.println(guide.keys());
        }
        lastKey = (char) key;
    }

    private void choose(Exercise exercise) {
        current = exercise;
        out.println(guide.task(exercise));
        prepare(exercise);
    }

    /** Gets ready what will judge it, while the learner reads and writes. */
    private void prepare(Exercise exercise) {
        judging.execute(() -> {
            try {
                workshop.prepare(exercise);
            } catch (RuntimeException e) {
                events.add(() -> out.println(e.getMessage()));
            }
        });
    }

    /** A file the learner has worked on goes only when the key was pressed twice. */
    private void reset() {
        out.println(
                lastKey == 'x'
                        ? guide.reset(current)
                        : "x once more brings back the starter of " + current.name() + "; your file is kept aside.");
    }

    private void wanted(Exercise exercise) {
        current = exercise;
        if (judged == null) {
            judge(exercise);
            return;
        }
        next = exercise;
        if (told != null) {
            workshop.hurry();
        }
    }

    private void letGoOfWhatHangs() {
        if (next != null && told == null && System.nanoTime() - begun > PATIENCE.toNanos()) {
            begun = System.nanoTime();
            workshop.interrupt();
        }
    }

    private void judge(Exercise exercise) {
        judged = exercise;
        told = null;
        begun = System.nanoTime();
        out.println("\n" + exercise.name() + " is judged ...");
        judging.execute(() -> {
            try {
                WarmJvmChecker.CheckedAnswer tried = workshop.judge(exercise, early -> events.add(() -> tell(early)));
                events.add(() -> ended(tried));
            } catch (CancellationException e) {
                events.add(() -> done("Given up: you have saved again."));
            } catch (RuntimeException e) {
                events.add(() -> done("It could not be judged: " + e.getMessage()));
            }
        });
    }

    /** The verdict, as soon as it is known. */
    private void tell(CheckResult result) {
        told = result;
        out.println(result);
        out.printf(Locale.ROOT, "  (%.1f s)%n", (System.nanoTime() - begun) / 1e9);
    }

    private void ended(WarmJvmChecker.CheckedAnswer tried) {
        if (tried.isCompiled()) {
            progress.add(tried.attempt());
        }
        CheckResult result = tried.result();
        if (told == null) {
            tell(result);
        } else if (!result.misconception().isEmpty()) {
            out.println("\n  " + new CheckResultText(result).diagnosis());
        }
        boolean isSolved = result.verdict() == Verdict.SOLVED;
        done(guide.standing(result.exercise(), isSolved));
    }

    private void done(String text) {
        out.println(text);
        judged = null;
        told = null;
        if (next != null) {
            Exercise saved = next;
            next = null;
            judge(saved);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "judging");
        thread.setDaemon(true);
        return thread;
    }
}
