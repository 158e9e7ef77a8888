package workbook.check.diagnose;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.checkpoint.ChildFirstClassLoader;
import workbook.check.verdict.CheckResult;

/**
 * Finds out whether an answer fails because a static field keeps data from an earlier step. The step that failed is run
 * alone twice, each time on a new engine: with the classes of the answer as they are, and with the same classes loaded
 * again. Only if the first run fails and the second passes, static fields are the reason.
 */
final class StaticFields {

    static final String NOTE = "This step passes when it runs alone: a static field keeps data from an earlier step.";

    private StaticFields() {}

    /** Whether they are the reason for the failure. */
    static boolean areTheReason(Class<?> checkpoint, Class<?> answer, CheckResult failed) {
        if (!failed.verdict().isFailure() || failed.step().isEmpty() || !mayKeepData(answer)) {
            return false;
        }
        return !passes(checkpoint, answer, failed.step()) && passesLoadedAgain(checkpoint, answer, failed.step());
    }

    private static boolean passes(Class<?> checkpoint, Class<?> answer, String step) {
        return ChildFirstClassLoader.withContextClassLoader(
                checkpoint.getClassLoader(), () -> CheckpointRunner.passes(checkpoint, answer, step));
    }

    private static boolean passesLoadedAgain(Class<?> checkpoint, Class<?> answer, String step) {
        try (ChildFirstClassLoader loader = ChildFirstClassLoader.reloading(checkpoint, answer)) {
            return passes(
                    Class.forName(checkpoint.getName(), true, loader),
                    Class.forName(answer.getName(), true, loader),
                    step);
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(answer.getName() + " cannot be loaded again: " + e.getMessage(), e);
        }
    }

    /** Whether the class, a superclass in its package or a nested class has a static field that is not a constant. */
    private static boolean mayKeepData(Class<?> answer) {
        return Stream.<Class<?>>iterate(answer, Class::getSuperclass)
                .takeWhile(type -> type.getPackage().equals(answer.getPackage()))
                .flatMap(StaticFields::withNested)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .anyMatch(field -> Modifier.isStatic(field.getModifiers()) && !isConstant(field));
    }

    private static Stream<Class<?>> withNested(Class<?> type) {
        return Stream.concat(
                Stream.of(type), Arrays.stream(type.getDeclaredClasses()).flatMap(StaticFields::withNested));
    }

    private static boolean isConstant(Field field) {
        boolean isImmutable = field.getType().isPrimitive() || field.getType() == String.class;
        return field.isSynthetic() || field.isEnumConstant() || Modifier.isFinal(field.getModifiers()) && isImmutable;
    }
}
