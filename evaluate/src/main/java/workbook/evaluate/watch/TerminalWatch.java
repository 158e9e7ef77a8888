package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.List;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Progress;
import workbook.evaluate.exercises.UnknownNameException;
import workbook.evaluate.libraries.ClassPaths;

/** The loop on this process's terminal. */
public final class TerminalWatch {

    private TerminalWatch() {}

    /**
     * Watches until somebody quits.
     *
     * @param classPaths what the code of a lesson may use
     * @param typed a lesson or an exercise; null for all of them
     * @throws UnknownNameException if there is neither
     */
    public static void run(Workspace desk, ClassPaths classPaths, String typed, PrintStream out)
            throws InterruptedException {
        List<Exercise> watched = WatchMessages.exercises(desk, typed);
        try (Keyboard keys = Keyboard.open();
                WarmJvmChecker workshop = new WarmJvmChecker(desk, classPaths, watched, out)) {
            new WatchLoop(workshop, Progress.of(desk), new WatchMessages(desk, watched), out)
                    .run(new SaveDetector(desk, watched), keys);
        }
    }
}
