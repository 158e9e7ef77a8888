package workbook.evaluate;

import java.time.Clock;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.watch.WarmJvmChecker;
import workbook.kit.Program;

/** {@code watch} as a process of a test: its workers run on the test's class path. */
public final class WatchForTests {

    static final ClassPaths TESTS = module -> System.getProperty("workers");

    private WatchForTests() {}

    public static void main(String[] args) {
        Program.run(new Watch(Workspace::current, desk -> TESTS, System.out), args);
    }

    /** The same of {@code grade}. */
    public static final class Grading {

        private Grading() {}

        public static void main(String[] args) {
            Workspace desk = Workspace.current();
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
