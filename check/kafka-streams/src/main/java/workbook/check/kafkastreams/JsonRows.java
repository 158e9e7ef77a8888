package workbook.check.kafkastreams;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;
import workbook.check.script.Type;

/**
 * Rows of a script as JSON objects.
 *
 * @param schema the fields
 */
record JsonRows(Schema schema) {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    String toJson(ScriptRow row) {
        ObjectNode json = MAPPER.createObjectNode();
        for (int i = 0; i < schema.size(); i++) {
            json.set(schema.field(i).name(), MAPPER.valueToTree(plain(row.get(i))));
        }
        return json.toString();
    }

    private static Object plain(Object value) {
        return value instanceof Instant ? value.toString() : value;
    }

    /** @throws AssertionError if the text is no JSON object with these fields */
    ScriptRow fromJson(String text) {
        JsonNode json = read(text);
        List<String> found =
                json.properties().stream().map(field -> field.getKey()).toList();
        if (found.size() != schema.size() || !found.containsAll(schema.names())) {
            throw unexpected(text);
        }
        return ScriptRow.of(
                schema,
                schema.fields().stream()
                        .map(field -> value(json.get(field.name()), field.type(), text))
                        .collect(Collectors.toList())); // with nulls
    }

    private JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw unexpected(text);
        }
    }

    private Object value(JsonNode value, Type type, String text) {
        if (value.isNull()) {
            return null;
        }
        if (type.equals(Type.TIMESTAMP) && value.isTextual()) {
            return time(value.textValue(), text);
        }
        if (value.isNumber() && !type.equals(Type.TIMESTAMP) && !type.equals(Type.STRING)) {
            return type instanceof Type.Decimal ? value.decimalValue() : value.numberValue();
        }
        if (type.equals(Type.STRING) && value.isTextual()) {
            return value.textValue();
        }
        throw unexpected(text);
    }

    private Instant time(String time, String text) {
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw unexpected(text);
        }
    }

    private AssertionError unexpected(String text) {
        return new AssertionError("record out  " + text + "\nexpected    a JSON object with " + schema.sql());
    }
}
