package workbook.evaluate.libraries;

/** The class paths of lessons: {@code kit}, {@code check} and the lesson's libraries. */
public interface ClassPaths {

    /**
     * Returns a class path in the syntax of {@code java -classpath}: libraries first, the project's own classes last.
     *
     * @param module the folder of the lesson's module: {@code exercises/lesson05}, {@code lessons/05-watermarks}
     * @throws ClassPathException if it cannot be resolved; the message says what to do
     */
    String of(String module);
}
