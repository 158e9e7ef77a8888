package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.List;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Progress;
import workbook.evaluate.exercises.UnknownNameException;
import workbook.evaluate.libraries.ClassPaths;

/** Runs the watch loop on this process's terminal. */
public final class TerminalWatch {

    private TerminalWatch() {}

    /**
     * Runs until the user quits.
     *
     * @param classPaths the class paths of the lessons
     * @param typed a lesson or an exercise; null for all of them
     * @throws UnknownNameException if there is neither
     */
    public static void run(Workspace workspace, ClassPaths classPaths, String typed, PrintStream console)
            throws InterruptedException {
        List<Exercise> watched = WatchMessages.exercises(workspace, typed);
        try (Keyboard keyboard = Keyboard.open();
                TickStream out = new TickStream(console, keyboard.isAvailable());
                WarmJvmChecker checker = new WarmJvmChecker(workspace, classPaths, watched, out)) {
            new WatchLoop(
                            checker,
                            Progress.of(workspace),
                            new WatchMessages(workspace, watched),
                            new SaveDetector(workspace, watched),
                            out)
                    .run(keyboard);
        }
    }
}
