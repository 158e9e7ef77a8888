package workbook.check.script;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The newest time in a column of an input.
 *
 * @param name of the input; if the input has several such columns, followed by the column's
 * @param time null if there is none
 */
record NewestTime(String name, Instant time) {

    /** The newest times of all columns of type TIMESTAMP. */
    static List<NewestTime> of(Map<String, Schema> inputs, List<Map<String, List<ScriptRow>>> batches) {
        return inputs.entrySet().stream()
                .flatMap(input -> of(input.getKey(), input.getValue(), rows(batches, input.getKey())))
                .toList();
    }

    private static List<ScriptRow> rows(List<Map<String, List<ScriptRow>>> batches, String input) {
        return batches.stream()
                .flatMap(batch -> batch.getOrDefault(input, List.of()).stream())
                .toList();
    }

    private static Stream<NewestTime> of(String input, Schema schema, List<ScriptRow> rows) {
        List<String> columns = schema.fields().stream()
                .filter(field -> field.type().equals(Type.TIMESTAMP))
                .map(Schema.Field::name)
                .toList();
        return columns.stream()
                .map(column -> new NewestTime(
                        columns.size() == 1 ? input : input + "." + column, newest(rows, schema.index(column))));
    }

    private static Instant newest(List<ScriptRow> rows, int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .filter(Instant.class::isInstance)
                .map(Instant.class::cast)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
