package workbook.evaluate;

import java.io.File;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The class path of these tests, for processes that must not call Maven within Maven. Unlike the companion's, it has
 * Spark.
 */
public final class TestClassPath {

    private TestClassPath() {}

    /** The class path without these tests. */
    public static String whole() {
        return of(entry -> true);
    }

    /** The matching entries. */
    public static String of(Predicate<String> filter) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(filter)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
