package workbook.kit.explain;

import java.util.function.Predicate;

/**
 * The code in which an exception's place is looked for.
 *
 * @param file as the learner knows it: {@code exercises/lesson05/…/HourlyRevenue.java}
 * @param contains whether a stack frame is in this code
 */
public record LearnersCode(String file, Predicate<StackTraceElement> contains) {

    /** A program of a single file: {@code FirstStream.java}. */
    public static LearnersCode of(Class<?> program) {
        String file = program.getName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", "") + ".java";
        String folder = program.getPackageName() + ".";
        return new LearnersCode(
                file, frame -> frame.getClassName().startsWith(folder) && file.equals(frame.getFileName()));
    }

    boolean isAt(StackTraceElement frame) {
        return contains.test(frame);
    }
}
