package workbook.capstone.format;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import workbook.kit.schemas.RegistryClient;
import workbook.kit.schemas.RegistryException;
import workbook.kit.schemas.WireFormat;

/**
 * Reads values of all versions of a schema, resolved to one. It asks the registry once for each id that it has; an id that
 * is unknown today may be registered tomorrow.
 */
final class AvroReader {

    private static final int HEADER = 5;

    private final RegistryClient registry;
    private final Schema schema;
    private final Map<Integer, Decoding> byId = new ConcurrentHashMap<>();

    /** @param schema of the records to return */
    AvroReader(RegistryClient registry, Schema schema) {
        this.registry = registry;
        this.schema = schema;
    }

    private interface Decoding {
        GenericRecord decode(BinaryDecoder decoder) throws IOException, Refusal;
    }

    /**
     * Reads a value.
     *
     * @throws Refusal if it is no record that fits the schema
     * @throws RuntimeException if the registry does not answer
     */
    GenericRecord read(byte[] value) throws Refusal {
        int id = schemaId(value);
        Decoding decoding = decoding(id);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
        try {
            GenericRecord record = decoding.decode(decoder);
            if (decoder.isEnd()) {
                return record;
            }
        } catch (IOException | RuntimeException e) {
            // bytes that another schema wrote, or a cut
        }
        throw new Refusal("not a record of its schema, " + id);
    }

    static int schemaId(byte[] value) throws Refusal {
        if (value == null) {
            throw new Refusal("no value");
        }
        if (value.length < HEADER || value[0] != 0) {
            throw new Refusal("no schema id");
        }
        return WireFormat.schemaId(value);
    }

    private Decoding decoding(int id) throws Refusal {
        Decoding known = byId.get(id);
        if (known == null) {
            known = decoding(id, writer(id));
            byId.put(id, known);
        }
        return known;
    }

    private Schema writer(int id) throws Refusal {
        try {
            return registry.schema(id);
        } catch (RegistryException e) {
            if (e.code() == RegistryException.UNKNOWN_SCHEMA) {
                throw new Refusal("unknown schema " + id);
            }
            throw e;
        } catch (SchemaParseException e) {
            throw new Refusal("schema " + id + ": not Avro");
        }
    }

    private Decoding decoding(int id, Schema writer) {
        return conflict(writer)
                .<Decoding>map(conflict -> decoder -> {
                    throw new Refusal("schema " + id + ": " + conflict);
                })
                .orElseGet(() -> {
                    var reader = new GenericDatumReader<GenericRecord>(writer, schema);
                    return decoder -> reader.read(null, decoder);
                });
    }

    /** Why records of this schema cannot be read. */
    private Optional<String> conflict(Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(schema, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(AvroReader::text)
                .findFirst()
                .or(() -> schema.getFields().stream()
                        .filter(field -> !hasSameMeaning(field, writer.getField(field.name())))
                        .map(field -> "another type at " + field.name())
                        .findFirst());
    }

    private static String text(Incompatibility found) {
        return found.getType() + " at " + found.getLocation();
    }

    /** Avro resolves the types and not what they stand for: it would read milliseconds as microseconds. */
    private static boolean hasSameMeaning(Schema.Field field, Schema.Field writers) {
        return writers == null
                || Objects.equals(
                        field.schema().getLogicalType(), writers.schema().getLogicalType());
    }
}
