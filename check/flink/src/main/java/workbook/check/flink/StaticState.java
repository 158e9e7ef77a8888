package workbook.check.flink;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.State;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.operators.UdfStreamOperatorFactory;

/**
 * Detects functions that keep their state in a static field. All tasks of a JVM share it, and each task sets it to its own
 * state. A script has one task of each operator, which never shows that.
 */
final class StaticState {

    private StaticState() {}

    /** @throws AssertionError if a function of the job has such a field */
    static void expectNone(StreamGraph graph) {
        graph.getStreamNodes().stream()
                .filter(node -> node.getOperatorFactory() instanceof UdfStreamOperatorFactory<?>)
                .map(node -> ((UdfStreamOperatorFactory<?>) node.getOperatorFactory()).getUserFunction())
                .forEach(function -> expectNone(function.getClass()));
    }

    private static void expectNone(Class<?> function) {
        Stream.<Class<?>>iterate(function, type -> type != null, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(StaticState::isStaticState)
                .findFirst()
                .ifPresent(field -> {
                    throw new AssertionError("The field " + field.getName() + " of "
                            + field.getDeclaringClass().getSimpleName()
                            + " is static. All tasks of the JVM share it, and each sets it to its own state: a task"
                            + " then reads and writes the state of another one. Remove `static`.");
                });
    }

    private static boolean isStaticState(Field field) {
        return Modifier.isStatic(field.getModifiers()) && State.class.isAssignableFrom(field.getType());
    }
}
