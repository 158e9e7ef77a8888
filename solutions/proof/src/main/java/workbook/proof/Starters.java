package workbook.proof;

import java.net.MalformedURLException;
import java.net.URL;
import workbook.check.catalog.Workspace;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.ChildFirstClassLoader;
import workbook.check.verdict.CheckResult;

/** Checks the starters in a JVM whose class path has the answers, which have the same names. */
final class Starters {

    /** One class loader for all starters, since each new one needs a restart of Spark. */
    private final ChildFirstClassLoader loader;

    /** The starters compiled from a workspace. */
    Starters(Workspace workspace) {
        loader = new ChildFirstClassLoader(compiled(workspace, "classes"), compiled(workspace, "test-classes"));
    }

    CheckResult check(Class<?> checkpoint) throws ClassNotFoundException {
        return loader.asContextClassLoader(
                () -> CheckpointRunner.run(Class.forName(checkpoint.getName(), true, loader)));
    }

    private static URL compiled(Workspace workspace, String folder) {
        try {
            return workspace
                    .home()
                    .resolve("exercises/lesson" + LessonCheckpoints.lesson() + "/target")
                    .resolve(folder)
                    .toUri()
                    .toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
