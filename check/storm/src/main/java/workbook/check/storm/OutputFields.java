package workbook.check.storm;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.utils.Utils;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;
import workbook.check.script.Type;

/** The fields of the tuples that an answer emits, compared with the columns that are expected. */
record OutputFields(Schema schema) {

    /** @throws AssertionError if the bolt does not declare these columns as fields, in any order */
    void expectDeclared(Map<String, Fields> outputs) {
        if (!outputs.containsKey(Utils.DEFAULT_STREAM_ID)) {
            throw new AssertionError("The bolt declares no output: call declarer.declare(…) in declareOutputFields.");
        }
        List<String> fields = outputs.get(Utils.DEFAULT_STREAM_ID).toList();
        if (fields.size() != schema.size() || !fields.containsAll(schema.names())) {
            throw new AssertionError("fields declared  " + String.join(", ", fields) + "\nfields expected  "
                    + String.join(", ", schema.names()));
        }
    }

    /**
     * The values of a tuple in the order of the columns.
     *
     * @throws AssertionError if a value has another class than its column
     */
    ScriptRow row(Tuple tuple) {
        schema.fields().forEach(field -> expectType(field, tuple.getValueByField(field.name())));
        return ScriptRow.of(schema, tuple.select(new Fields(schema.names())));
    }

    private static void expectType(Schema.Field field, Object value) {
        Class<?> expected = field.type().equals(Type.TIMESTAMP)
                ? Instant.class
                : field.type().equals(Type.STRING) ? String.class : Number.class;
        if (value != null && !expected.isInstance(value)) {
            throw new AssertionError("The field " + field.name() + " has a "
                    + value.getClass().getSimpleName() + "; expected: "
                    + field.type().sql() + ".");
        }
    }
}
