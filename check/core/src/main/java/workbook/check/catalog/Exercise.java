package workbook.check.catalog;

import java.util.List;
import workbook.kit.explain.LearnersCode;

/**
 * An exercise of a lesson: the class {@code lessonNN.Name}. The paths of its other files follow from its name.
 *
 * @param className the full name of the class the learner writes: {@code lesson05.HourlyRevenue}
 */
public record Exercise(String className) {

    /** The exercise of this name in a lesson such as {@code 05}. */
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

    /** The module of the learner's file and its checkpoint: {@code exercises/lesson05}. */
    public String module() {
        return module("exercises");
    }

    /** The file that the learner edits, relative to the project's folder. */
    public String source() {
        return module("exercises") + "/src/main/java/" + path() + ".java";
    }

    /** The page of hints, relative to the project's folder. */
    public String hint() {
        return module("exercises") + "/hints/" + name() + ".md";
    }

    /** The checkpoint's source, relative to the project's folder. */
    public String checkpoint() {
        return module("exercises") + "/src/test/java/" + path() + "Checkpoint.java";
    }

    /** The lesson's source folders, of answers and of checkpoints, relative to the project's folder. */
    public List<String> sourceFolders() {
        return List.of(module("exercises") + "/src/main/java", module("exercises") + "/src/test/java");
    }

    /** The folder of the checkpoint's resources, relative to the project's folder; it may not exist. */
    public String resources() {
        return module("exercises") + "/src/test/resources";
    }

    /** The source of the model answer, relative to the project's folder; its folder holds the misconceptions, too. */
    public String answer() {
        return module("solutions") + "/src/main/java/" + path() + ".java";
    }

    /** The learner's file, as the place of an exception. */
    public LearnersCode code() {
        return new LearnersCode(source(), this::isAt);
    }

    /** Whether a stack frame is in the learner's file. */
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
