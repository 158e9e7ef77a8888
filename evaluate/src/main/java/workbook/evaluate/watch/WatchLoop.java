package workbook.evaluate.watch;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import workbook.check.catalog.Exercise;
import workbook.check.process.CheckListener;
import workbook.check.progress.Progress;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.CheckResultText;
import workbook.check.verdict.Verdict;

/**
 * Checks exercises as their files are saved. A thread checks one exercise at a time. Of the exercises saved during a
 * check, the last one is next. A new save cancels a check that takes long.
 */
final class WatchLoop {

    private static final long POLL_MILLIS = 25;
    /** A check that takes longer is canceled by a new save. */
    private static final Duration CANCEL_AFTER = Duration.ofSeconds(10);

    private final WarmJvmChecker checker;
    private final Progress progress;
    private final WatchMessages messages;
    private final SaveDetector saves;
    private final TickStream out;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(WatchLoop::daemon);
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

    private Exercise current;
    private Exercise next;
    private Exercise checking;
    private CheckResult printed;
    private long startNanos;
    private char lastKey;
    private boolean isOver;

    WatchLoop(WarmJvmChecker checker, Progress progress, WatchMessages messages, SaveDetector saves, TickStream out) {
        this.checker = checker;
        this.progress = progress;
        this.messages = messages;
        this.saves = saves;
        this.out = out;
    }

    /** Runs until the user quits. */
    void run(Keyboard keyboard) throws InterruptedException {
        out.println(messages.greeting(keyboard.isAvailable()));
        choose(messages.first());
        while (!isOver) {
            handleKey(keyboard.next(POLL_MILLIS));
            saves.poll().forEach(this::request);
            for (Runnable event = events.poll(); event != null; event = events.poll()) {
                event.run();
            }
            cancelLongCheck();
            checkNext();
        }
        executor.shutdownNow();
    }

    private void handleKey(int key) {
        switch (key) {
            case Keyboard.NONE -> {
                return;
            }
            case Keyboard.END, 'q' -> isOver = true;
            case 'n' ->
                messages.after(current).ifPresentOrElse(this::choose, () -> out.println(messages.noOtherExercise()));
            case 'h' -> out.println(messages.hint(current));
            case 'l' -> out.println(messages.list());
            case 'r', '\r', '\n' -> request(current);
            case 'x' -> reset();
            default -> out.println(messages.keys());
        }
        lastKey = (char) key;
    }

    private void choose(Exercise exercise) {
        current = exercise;
        out.println(messages.task(exercise));
        prepare(exercise);
    }

    /** Starts the JVM for the exercise while the learner works on it. */
    private void prepare(Exercise exercise) {
        executor.execute(() -> {
            try {
                checker.prepare(exercise);
            } catch (RuntimeException e) {
                events.add(() -> out.println(e.getMessage()));
            }
        });
    }

    /** Resets the exercise when the key is pressed twice. */
    private void reset() {
        out.println(
                lastKey == 'x'
                        ? messages.reset(current)
                        : "Press x again to restore the starter of " + current.name() + ". Your version will be kept.");
    }

    private void request(Exercise exercise) {
        current = exercise;
        next = exercise;
        if (printed != null) {
            checker.skipDiagnosis();
        }
    }

    private void cancelLongCheck() {
        if (next != null
                && checking != null
                && printed == null
                && System.nanoTime() - startNanos > CANCEL_AFTER.toNanos()) {
            startNanos = System.nanoTime();
            checker.interrupt();
        }
    }

    /** Starts the next check, unless an editor is writing the file. */
    private void checkNext() {
        if (next != null && checking == null && saves.isSettled(next)) {
            Exercise saved = next;
            next = null;
            check(saved);
        }
    }

    private void check(Exercise exercise) {
        checking = exercise;
        printed = null;
        startNanos = System.nanoTime();
        out.println();
        out.begin("Checking " + exercise.name() + " ...");
        executor.execute(() -> {
            try {
                WarmJvmChecker.CheckedAnswer checked = checker.check(exercise, new Progressing());
                events.add(() -> finish(checked));
            } catch (CancellationException e) {
                events.add(() -> done("Canceled: you saved again."));
            } catch (RuntimeException e) {
                events.add(() -> done("The check failed: " + e.getMessage()));
            }
        });
    }

    /** Shows what is known before the end of a check. */
    private final class Progressing implements CheckListener {
        @Override
        public void passed(String step) {
            events.add(out::tick);
        }

        @Override
        public void failed(CheckResult result) {
            events.add(() -> printEarly(result));
        }
    }

    /** Prints the verdict as soon as it is known. */
    private void print(CheckResult result) {
        printed = result;
        out.println(result);
        out.printf(Locale.ROOT, "  (%.1f s)%n", (System.nanoTime() - startNanos) / 1e9);
    }

    /** Prints the verdict on a failed answer while its diagnosis is searched for. */
    private void printEarly(CheckResult result) {
        print(result);
        out.println("\n  Comparing with known misconceptions ...");
    }

    private void finish(WarmJvmChecker.CheckedAnswer checked) {
        if (!checked.isCompiled() && !saves.isSettled(checking)) {
            next = next == null ? checking : next; // an editor was writing the file when the compiler read it
            checking = null;
            return;
        }
        if (checked.isCompiled()) {
            progress.add(checked.attempt());
        }
        CheckResult result = checked.result();
        String diagnosis = new CheckResultText(result).diagnosis();
        if (printed == null) {
            print(result);
        } else if (!diagnosis.isEmpty()) {
            out.println("\n  " + diagnosis);
        } else if (next == null) {
            out.println("  None behaves like this answer.");
        }
        boolean isSolved = result.verdict() == Verdict.SOLVED;
        done(messages.progress(result.exercise(), isSolved));
    }

    private void done(String text) {
        out.println(text);
        checking = null;
        printed = null;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "check");
        thread.setDaemon(true);
        return thread;
    }
}
