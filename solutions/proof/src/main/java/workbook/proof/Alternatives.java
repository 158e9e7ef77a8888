package workbook.proof;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import workbook.check.checkpoint.Checkpoints;

/**
 * Right answers written differently: the nested classes of {@code lessonNN.NameAlternatives} that extend the exercise. All
 * are right except {@code Learnt}, which knows only the rows of the checkpoint.
 */
final class Alternatives {

    private Alternatives() {}

    /** The alternatives to a checkpoint's exercise, in order of their names; an exercise may have none. */
    static Stream<Class<?>> of(Class<?> checkpoint) {
        Class<?> exercise = Checkpoints.answerClass(checkpoint);
        try {
            String name = exercise.getName() + "Alternatives";
            return Arrays.stream(
                            Class.forName(name, true, exercise.getClassLoader()).getDeclaredClasses())
                    .filter(exercise::isAssignableFrom)
                    .sorted(Comparator.comparing(Class::getName));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    static boolean isLearnt(Class<?> answer) {
        return answer.getSimpleName().equals("Learnt");
    }
}
