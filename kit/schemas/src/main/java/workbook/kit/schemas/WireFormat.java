package workbook.kit.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** A record in Confluent's wire format: a zero byte, the id of its schema in four bytes, the most significant first, and Avro. */
public final class WireFormat {

    private static final int HEADER = 5;

    private WireFormat() {}

    /** @param id the id of the record's schema */
    public static byte[] write(int id, GenericRecord record) {
        byte[] avro = avro(record);
        return ByteBuffer.allocate(HEADER + avro.length)
                .put((byte) 0)
                .putInt(id)
                .put(avro)
                .array();
    }

    /** The record alone, without the id of its schema. */
    public static byte[] avro(GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The id of the schema with which the value was written. */
    public static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    /**
     * Reads a value.
     *
     * @param writer the schema with which it was written
     * @param reader the schema of the record to return
     */
    public static GenericRecord read(byte[] value, Schema writer, Schema reader) {
        var decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
        try {
            return new GenericDatumReader<GenericRecord>(writer, reader).read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
