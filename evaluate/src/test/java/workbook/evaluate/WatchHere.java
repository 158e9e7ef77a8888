package workbook.evaluate;

import java.time.Clock;
import workbook.check.catalog.Desk;
import workbook.evaluate.desk.Lookup;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.watch.Workshop;
import workbook.kit.Program;

/** {@code watch} as a process of a test: its workers run on the test's class path. */
public final class WatchHere {

    static final ClassPaths TESTS = module -> System.getProperty("workers");

    private WatchHere() {}

    public static void main(String[] args) {
        Program.run(new Watch(Desk::here, desk -> TESTS, System.out), args);
    }

    /** The same of {@code grade}. */
    public static final class Grading {

        private Grading() {}

        public static void main(String[] args) {
            Desk desk = Desk.here();
            Program.run(
                    new Grade(
                            () -> new Workshop(desk, TESTS, new Lookup(desk).all(), System.out),
                            desk,
                            Clock.systemUTC(),
                            System.out),
                    args);
        }
    }
}
