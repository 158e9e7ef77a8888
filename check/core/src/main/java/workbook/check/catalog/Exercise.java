package workbook.check.catalog;

import java.util.List;

/**
 * One task of a lesson: a class {@code lessonNN.Name}. Everything else about it lies where its name says.
 *
 * @param className the full name of the class the learner writes: {@code lesson05.HourlyRevenue}
 */
public record Exercise(String className) {

    /** The exercise of a lesson, {@code 05}, with this name. */
    public static Exercise of(String lesson, String name) {
        return new Exercise("lesson" + lesson + "." + name);
    }

    /** Two digits: {@code 01}. */
    public String lesson() {
        return packageName().replace("lesson", "");
    }

    public String name() {
        return className.substring(className.indexOf('.') + 1);
    }

    /** The module that the learner's file and its checkpoint belong to: {@code exercises/lesson05}. */
    public String module() {
        return module("exercises");
    }

    /** The file the learner edits, seen from the project's folder. */
    public String source() {
        return module("exercises") + "/src/main/java/" + path() + ".java";
    }

    /** The page of hints, seen from the project's folder. */
    public String hint() {
        return module("exercises") + "/hints/" + name() + ".md";
    }

    /** The checkpoint's source, seen from the project's folder. */
    public String checkpoint() {
        return module("exercises") + "/src/test/java/" + path() + "Checkpoint.java";
    }

    /** The lesson's source folders, learners' and checkpoints', seen from the project's folder. */
    public List<String> sourceFolders() {
        return List.of(module("exercises") + "/src/main/java", module("exercises") + "/src/test/java");
    }

    /** What the checkpoint reads besides, seen from the project's folder; it need not exist. */
    public String resources() {
        return module("exercises") + "/src/test/resources";
    }

    /** The answer's source, seen from the project's folder; what is wrong about others lies beside it. */
    public String answer() {
        return module("solutions") + "/src/main/java/" + path() + ".java";
    }

    /** Whether a line of a stack trace lies in the learner's file. */
    public boolean isAt(StackTraceElement frame) {
        return frame.getClassName().startsWith(packageName() + ".") && (name() + ".java").equals(frame.getFileName());
    }

    @Override
    public String toString() {
        return "lesson " + lesson() + " " + name();
    }

    public String packageName() {
        return className.substring(0, className.indexOf('.'));
    }

    private String module(String folder) {
        return folder + "/" + packageName();
    }

    private String path() {
        return className.replace('.', '/');
    }
}
