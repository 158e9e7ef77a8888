package lesson13;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import workbook.kit.schemas.WireFormat;

/** Avro: the bytes hold values in the order of the writer's schema, without names or numbers. The reader needs both schemas. */
public final class Avro implements Format {

    @Override
    public Map<String, Object> read(Version writer, Version reader) {
        Schema written = schema(writer);
        GenericRecord record = new GenericData.Record(written);
        for (Version.Field field : writer.fields()) {
            Schema type = written.getField(field.name()).schema();
            record.put(field.name(), field.isEnum() ? new GenericData.EnumSymbol(type, field.value()) : field.value());
        }
        GenericRecord read = WireFormat.read(WireFormat.write(1, record), written, schema(reader));
        Map<String, Object> fields = new LinkedHashMap<>();
        reader.fields().forEach(field -> fields.put(field.name(), read.get(field.name())));
        return fields;
    }

    private static Schema schema(Version version) {
        String fields = version.fields().stream().map(Avro::json).collect(Collectors.joining(","));
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"Payment\", \"fields\": [" + fields + "]}");
    }

    private static String json(Version.Field field) {
        String symbols = field.symbols().stream().map(Avro::quoted).collect(Collectors.joining(","));
        String type = field.isEnum()
                ? "{\"type\": \"enum\", \"name\": \"Channel\", \"symbols\": [" + symbols + "]}"
                : quoted(field.type());
        return "{\"name\": " + quoted(field.name()) + ", \"type\": " + type
                + (field.byDefault() == null ? "" : ", \"default\": " + quoted(field.byDefault()))
                + (field.was() == null ? "" : ", \"aliases\": [" + quoted(field.was()) + "]") + "}";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
