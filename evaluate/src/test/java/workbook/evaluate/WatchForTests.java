package workbook.evaluate;

import java.time.Clock;
import workbook.check.catalog.Desk;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.watch.WarmJvmChecker;
import workbook.kit.Program;

/** {@code watch} as a process of a test: its workers run on the test's class path. */
public final class WatchForTests {

    static final ClassPaths TESTS = module -> System.getProperty("workers");

    private WatchForTests() {}

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
                            () -> new WarmJvmChecker(desk, TESTS, new Lookup(desk).all(), System.out),
                            desk,
                            Clock.systemUTC(),
                            System.out),
                    args);
        }
    }
}
