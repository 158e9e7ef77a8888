package workbook.check.flink;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;
import workbook.check.script.SneakyThrow;

/**
 * Rows of a script as Java records.
 *
 * @param type a record with a component for each column
 * @param schema the columns of the rows
 */
record RecordRows<T extends Record>(Class<T> type, Schema schema) {

    T toRecord(ScriptRow row) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> row.get(schema.index(component.getName())))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw SneakyThrow.of(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create a " + type.getName() + ": " + e, e);
        }
    }
}
