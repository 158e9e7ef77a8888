package workbook.check.diagnose;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import workbook.check.checkpoint.Checkpoints;

/** Finds the misconceptions of an exercise: the annotated classes in {@code lessonNN.NameMisconceptions}. */
public final class Misconceptions {

    private Misconceptions() {}

    /**
     * The misconceptions of the exercise that a checkpoint checks, sorted by name.
     *
     * @throws IllegalStateException if the class that holds them is not on the class path
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
            throw new IllegalStateException("The class " + name + " is not on the class path. Is it compiled?", e);
        }
    }
}
