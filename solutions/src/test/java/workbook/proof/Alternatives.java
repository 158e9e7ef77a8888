package workbook.proof;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import workbook.check.Exercise;

/**
 * Answers in other words: the nested classes of {@code lessonNN.NameAlternatives} that extend the exercise. All are right
 * but {@code Learnt}, which knows only what stands in the checkpoint.
 */
final class Alternatives {

    private Alternatives() {}

    /** Those of an exercise, in order of their names; an exercise may have none. */
    static Stream<Class<?>> of(Exercise exercise) {
        try {
            String name = exercise.type().getName() + "Alternatives";
            return Arrays.stream(Class.forName(name, true, exercise.type().getClassLoader()).getDeclaredClasses())
                    .filter(exercise.type()::isAssignableFrom)
                    .sorted(Comparator.comparing(Class::getName));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    static boolean isLearnt(Class<?> answer) {
        return answer.getSimpleName().equals("Learnt");
    }
}
