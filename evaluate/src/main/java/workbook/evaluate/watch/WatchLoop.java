package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.List;
import workbook.check.catalog.Desk;
import workbook.check.catalog.Exercise;
import workbook.check.progress.Progress;
import workbook.evaluate.desk.UnknownName;
import workbook.evaluate.libraries.ClassPaths;

/** The loop on this process's terminal. */
public final class WatchLoop {

    private WatchLoop() {}

    /**
     * Watches until somebody quits.
     *
     * @param classPaths what the code of a lesson may use
     * @param typed a lesson or an exercise; null for all of them
     * @throws UnknownName if there is neither
     */
    public static void run(Desk desk, ClassPaths classPaths, String typed, PrintStream out)
            throws InterruptedException {
        List<Exercise> watched = Guide.exercises(desk, typed);
        try (Keys keys = Keys.open();
                Workshop workshop = new Workshop(desk, classPaths, watched, out)) {
            new Loop(workshop, Progress.of(desk), new Guide(desk, watched), out).run(new Saves(desk, watched), keys);
        }
    }
}
