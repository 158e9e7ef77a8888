package workbook.check.spark;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.TransformWithState;
import org.apache.spark.sql.streaming.ListState;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.StatefulProcessorHandle;
import org.apache.spark.sql.streaming.ValueState;

/**
 * Detects processors that keep their state in a static field. All tasks of a JVM share it, and each task sets it to the
 * state of its own partition. A script has one task at a time, which never shows that.
 */
final class StaticState {

    private static final Set<Class<?>> TYPES =
            Set.of(ValueState.class, ListState.class, MapState.class, StatefulProcessorHandle.class);

    private StaticState() {}

    /** @throws AssertionError if a processor of the query has such a field */
    static void expectNone(Dataset<Row> query) {
        QueryPlan.of(query).foreach(node -> {
            if (node instanceof TransformWithState state) {
                expectNone(state.statefulProcessor().getClass());
            }
            return null;
        });
    }

    private static void expectNone(Class<?> processor) {
        Stream.<Class<?>>iterate(processor, type -> type != null, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(StaticState::isStaticState)
                .findFirst()
                .ifPresent(field -> {
                    throw new AssertionError("The field " + field.getName() + " of "
                            + field.getDeclaringClass().getSimpleName()
                            + " is static. The tasks of all partitions share it, and each sets it to its own state: a task"
                            + " then reads and writes the state of another one. Remove `static`.");
                });
    }

    private static boolean isStaticState(Field field) {
        return Modifier.isStatic(field.getModifiers()) && TYPES.contains(field.getType());
    }
}
