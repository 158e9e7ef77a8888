package workbook.evaluate;

import java.time.Clock;
import workbook.check.catalog.Workspace;
import workbook.evaluate.exercises.Lookup;
import workbook.evaluate.libraries.ClassPaths;
import workbook.evaluate.watch.WarmJvmChecker;
import workbook.kit.Program;

/** Runs {@code watch} as a process of a test, with workers on the test's class path. */
public final class WatchForTests {

    static final ClassPaths TESTS = module -> System.getProperty("workers");

    private WatchForTests() {}

    public static void main(String[] args) {
        Program.run(new Watch(Workspace::current, workspace -> TESTS, System.out), args);
    }

    /** Runs {@code grade} in the same way. */
    public static final class GradeForTests {

        private GradeForTests() {}

        public static void main(String[] args) {
            Workspace workspace = Workspace.current();
            Program.run(
                    new Grade(
                            () -> new WarmJvmChecker(workspace, TESTS, new Lookup(workspace).all(), System.out),
                            workspace,
                            Clock.systemUTC(),
                            System.out),
                    args);
        }
    }
}
