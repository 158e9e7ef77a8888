package lesson13;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Avro's bytes have neither names nor types. They are decoded with the schema with which they were written, and Avro resolves the
 * result to the reader's schema: it widens numbers, fills in the reader's defaults, finds fields by the reader's aliases, and
 * skips what the reader does not know. So the tolerance is in the reader's schema, and the code only has to find the
 * writer's.
 *
 * <p>Whether two schemas fit is decided before a byte is read. So a decoder that fails afterwards has broken bytes before it. The
 * decoder stops at the end of the record: that there is nothing behind it has to be asked.
 *
 * <p>A schema never changes its id, so what the registry has said about one is kept. That it did not know an id is not kept. No
 * answer is neither: setting records aside because the registry is down would fill the dead letters with good ones.
 */
public class TolerantReader {

    /** The schema of plain records. */
    public static final Schema BEFORE_THE_REGISTRY = new Schema.Parser().parse("""
            {"type": "record", "name": "Payment", "fields": [
              {"name": "id", "type": "int"},
              {"name": "customer", "type": "string"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "channel", "type": {"type": "enum", "name": "Channel", "symbols": ["SHOP", "WEB"]}}
            ]}
            """);

    /** How a payment was made. */
    public enum Channel {
        SHOP,
        WEB,
        OTHER
    }

    /**
     * A payment.
     *
     * @param note may be null
     */
    public record Payment(long id, String card, BigDecimal amount, Channel channel, String currency, String note) {}

    /**
     * A record of the topic.
     *
     * @param value the bytes; null if the record has no value
     * @param isPlain whether they are Avro alone, without the id of a schema
     */
    public record Received(byte[] value, boolean isPlain) {}

    /** Why a record is set aside. */
    public enum Reason {
        /** No value; or without being plain, fewer than five bytes, or a first byte that is not 0. */
        NO_SCHEMA_ID,
        /** The registry does not have the id. */
        UNKNOWN_SCHEMA,
        /** Avro cannot resolve the writer's schema to the reader's, whatever the bytes are. */
        INCOMPATIBLE_SCHEMA,
        /** The bytes are not one record of the writer's schema: they end in it, go on behind it, or make no sense. */
        BROKEN_BYTES
    }

    /** The schema registry. */
    public interface Schemas {

        /**
         * Asks the registry for a schema; empty if it does not have this id.
         *
         * @throws java.io.UncheckedIOException if it does not answer
         */
        Optional<Schema> byId(int id);
    }

    /** Where records go. */
    public interface Output {

        void emit(Payment payment);

        void setAside(Received record, Reason reason);
    }

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Payment", "fields": [
              {"name": "id", "type": "long"},
              {"name": "card", "type": "string", "aliases": ["customer"]},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "channel", "type":
                {"type": "enum", "name": "Channel", "symbols": ["SHOP", "WEB", "OTHER"], "default": "OTHER"}},
              {"name": "currency", "type": "string", "default": "EUR"},
              {"name": "note", "type": ["null", "string"], "default": null}
            ]}
            """);

    private static final int HEADER = 5;

    private final Map<Integer, Schema> schemas = new HashMap<>();

    /** The reader's schema. */
    public Schema schema() {
        return SCHEMA;
    }

    /** Reads a record. The registry is the same in all calls. */
    public void read(Received record, Schemas registry, Output output) {
        if (!hasSchema(record)) {
            output.setAside(record, Reason.NO_SCHEMA_ID);
            return;
        }
        Optional<Schema> writer = writer(record, registry);
        if (writer.isEmpty()) {
            output.setAside(record, Reason.UNKNOWN_SCHEMA);
            return;
        }
        if (!canRead(writer.get())) {
            output.setAside(record, Reason.INCOMPATIBLE_SCHEMA);
            return;
        }
        decoded(record, writer.get()).ifPresentOrElse(output::emit, () -> output.setAside(record, Reason.BROKEN_BYTES));
    }

    boolean hasSchema(Received record) {
        byte[] value = record.value();
        return value != null && (record.isPlain() || value.length >= HEADER && value[0] == 0);
    }

    Optional<Schema> writer(Received record, Schemas registry) {
        return record.isPlain() ? Optional.of(BEFORE_THE_REGISTRY) : byId(id(record.value()), registry);
    }

    int id(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    Optional<Schema> byId(int id, Schemas registry) {
        if (!schemas.containsKey(id)) {
            registry.byId(id).ifPresent(schema -> schemas.put(id, schema));
        }
        return Optional.ofNullable(schemas.get(id));
    }

    boolean canRead(Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(schema(), writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    /** The payment; empty if the bytes are broken. */
    Optional<Payment> decoded(Received record, Schema writer) {
        int begin = begin(record);
        int length = record.value().length - begin;
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(record.value(), begin, length, null);
        try {
            Payment payment = payment(resolved(decoder, writer));
            return isComplete(decoder) ? Optional.of(payment) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    int begin(Received record) {
        return record.isPlain() ? 0 : HEADER;
    }

    GenericRecord resolved(BinaryDecoder decoder, Schema writer) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, schema()).read(null, decoder);
    }

    boolean isComplete(BinaryDecoder decoder) throws IOException {
        return decoder.isEnd();
    }

    Payment payment(GenericRecord record) {
        return new Payment(
                (long) record.get("id"),
                text(record.get("card")),
                amount((ByteBuffer) record.get("amount")),
                Channel.valueOf(text(record.get("channel"))),
                text(record.get("currency")),
                text(record.get("note")));
    }

    BigDecimal amount(ByteBuffer bytes) {
        Schema type = schema().getField("amount").schema();
        return new Conversions.DecimalConversion().fromBytes(bytes, type, type.getLogicalType());
    }

    /** Avro's text is not a String. */
    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
