package workbook.evaluate;

import java.io.File;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The class path of these tests, for those who must not ask Maven inside Maven. It has Spark, which the companion has not. */
public final class TestClassPath {

    private TestClassPath() {}

    /** All of it, less these tests. */
    public static String whole() {
        return of(place -> true);
    }

    /** Those places that are wanted. */
    public static String of(Predicate<String> isWanted) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(place -> !place.endsWith("test-classes"))
                .filter(isWanted)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
