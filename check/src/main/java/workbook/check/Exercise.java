package workbook.check;

import java.nio.file.Path;

/**
 * One task of a lesson: a class {@code lessonNN.Name}. Everything else about it lies where its name says.
 *
 * @param type the class the learner writes
 */
public record Exercise(Class<?> type) {

    /** The exercise that a checkpoint class judges. */
    public static Exercise of(Class<?> checkpoint) {
        return new Exercise(checkpoint.getAnnotation(Checkpoint.class).value());
    }

    /** Two digits: {@code 01}. */
    public String lesson() {
        return type.getPackageName().replace("lesson", "");
    }

    public String name() {
        return type.getSimpleName();
    }

    /** The file the learner edits, seen from the project's folder. */
    public String source() {
        return "exercises/src/main/java/" + path() + ".java";
    }

    /** The page of hints, seen from the project's folder. */
    public String hint() {
        return "exercises/hints/" + path() + ".md";
    }

    /** Whether a line of a stack trace lies in the learner's file. */
    boolean isAt(StackTraceElement frame) {
        return frame.getClassName().startsWith(type.getPackageName() + ".")
                && (name() + ".java").equals(frame.getFileName());
    }

    @Override
    public String toString() {
        return "lesson " + lesson() + " " + name();
    }

    private String path() {
        return type.getName().replace('.', '/');
    }
}
