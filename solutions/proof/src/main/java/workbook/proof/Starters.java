package workbook.proof;

import java.net.MalformedURLException;
import java.net.URL;
import workbook.check.catalog.Desk;
import workbook.check.judge.ClassesFirst;
import workbook.check.judge.Trial;
import workbook.check.verdict.Judgement;

/** Judges the starters in a JVM whose class path holds the answers, which have the same names. */
final class Starters {

    /** One for all, since Spark has to start anew for each. */
    private final ClassesFirst loader;

    /** The starters compiled from a desk. */
    Starters(Desk desk) {
        loader = new ClassesFirst(compiled(desk, "classes"), compiled(desk, "test-classes"));
    }

    Judgement judge(Class<?> checkpoint) throws ClassNotFoundException {
        return loader.inside(() -> Trial.of(Class.forName(checkpoint.getName(), true, loader)));
    }

    private static URL compiled(Desk desk, String folder) {
        try {
            return desk.home()
                    .resolve("exercises/lesson" + LessonCheckpoints.lesson() + "/target")
                    .resolve(folder)
                    .toUri()
                    .toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
