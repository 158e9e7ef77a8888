//DEPS com.networknt:json-schema-validator:2.0.8@fatjar
//DEPS com.ethlo.time:itu:1.14.0
package lesson13;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schema: the bytes hold names. The schema does not decode them, it checks the document that they are. */
public final class Json implements Format {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Override
    public Map<String, Object> read(Version writer, Version reader) throws IOException {
        ObjectNode record = JSON.createObjectNode();
        writer.fields().forEach(field -> record.putPOJO(field.name(), field.value()));
        JsonNode read = JSON.readTree(JSON.writeValueAsBytes(record));
        List<Error> errors = SCHEMAS.getSchema(schema(reader)).validate(read);
        if (!errors.isEmpty()) {
            throw new IOException(errors.get(0).getMessage());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        reader.fields().stream()
                .filter(field -> read.has(field.name()))
                .forEach(
                        field -> fields.put(field.name(), read.get(field.name()).asText()));
        return fields;
    }

    /** Fields without a default are required. Others that the schema does not name are permitted, as by default. */
    private static JsonNode schema(Version version) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Version.Field field : version.fields()) {
            ObjectNode property = properties.putObject(field.name());
            if (field.isEnum()) {
                field.symbols().forEach(property.withArray("enum")::add);
            } else {
                property.put("type", field.type().equals("string") ? "string" : "integer");
            }
            if (field.byDefault() == null) {
                schema.withArray("required").add(field.name());
            } else {
                property.put("default", field.byDefault());
            }
        }
        return schema;
    }
}
