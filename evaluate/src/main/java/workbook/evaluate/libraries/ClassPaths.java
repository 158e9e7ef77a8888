package workbook.evaluate.libraries;

/** What the code of a lesson may use: {@code kit}, {@code check} and libraries, each lesson its own. */
public interface ClassPaths {

    /**
     * The class path for a lesson's code, as {@code java -classpath} takes it: libraries first, the project's own classes last.
     *
     * @param module the folder of a lesson's module: {@code exercises/lesson05}, {@code lessons/05-watermarks}
     * @throws ClassPathException if it cannot be found out, with what to do about it
     */
    String of(String module);
}
