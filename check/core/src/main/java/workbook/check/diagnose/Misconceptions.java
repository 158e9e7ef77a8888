package workbook.check.diagnose;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import workbook.check.checkpoint.Checkpoints;

/** The wrong answers to an exercise: the classes in {@code lessonNN.NameMisconceptions} with the annotation. */
public final class Misconceptions {

    private Misconceptions() {}

    /**
     * Those of the exercise that a checkpoint judges, from the same class path, in order of their names.
     *
     * @throws IllegalStateException if there is no such class
     */
    public static List<Class<?>> of(Class<?> checkpoint) {
        return Arrays.stream(holder(Checkpoints.answerClass(checkpoint)).getDeclaredClasses())
                .filter(wrong -> wrong.isAnnotationPresent(Misconception.class))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static Class<?> holder(Class<?> exercise) {
        String name = exercise.getName() + "Misconceptions";
        try {
            return Class.forName(name, true, exercise.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("There is no class " + name + ", or it is not compiled.", e);
        }
    }
}
