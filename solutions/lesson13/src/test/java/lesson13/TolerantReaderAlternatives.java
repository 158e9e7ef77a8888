package lesson13;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;

/** Right answers written differently, and one that only knows the cards in the checkpoint. */
class TolerantReaderAlternatives {

    /** A schema by Avro's builder, readers by id, and bytes one by one. */
    public static class KeepsReaders extends TolerantReader {

        private static final Schema PAYMENT = SchemaBuilder.record("Payment")
                .fields()
                .requiredLong("id")
                .name("card")
                .aliases("customer", "holder")
                .type()
                .stringType()
                .noDefault()
                .name("amount")
                .type(BEFORE_THE_REGISTRY.getField("amount").schema())
                .noDefault()
                .name("channel")
                .type(Schema.createEnum("Channel", null, null, Arrays.asList("OTHER", "WEB", "SHOP"), "OTHER"))
                .withDefault("WEB")
                .name("currency")
                .type()
                .stringType()
                .stringDefault("EUR")
                .optionalString("note")
                .endRecord();

        private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new TreeMap<>();

        @Override
        public Schema schema() {
            return PAYMENT;
        }

        @Override
        public void read(Received record, Schemas registry, Output output) {
            byte[] value = record.value();
            if (value == null || !record.isPlain() && (value.length < 5 || value[0] != 0)) {
                output.setAside(record, Reason.NO_SCHEMA_ID);
                return;
            }
            int id = 0;
            for (int i = 1; i < 5 && !record.isPlain(); i++) {
                id = id << 8 | value[i] & 0xff;
            }
            GenericDatumReader<GenericRecord> reader = readers.get(record.isPlain() ? -1 : id);
            if (reader == null) {
                Optional<Schema> writer = record.isPlain() ? Optional.of(BEFORE_THE_REGISTRY) : registry.byId(id);
                if (writer.isEmpty()) {
                    output.setAside(record, Reason.UNKNOWN_SCHEMA);
                    return;
                }
                reader = new GenericDatumReader<>(writer.get(), PAYMENT);
                readers.put(record.isPlain() ? -1 : id, reader);
            }
            read(record, reader, output);
        }

        private static void read(Received record, GenericDatumReader<GenericRecord> reader, Output output) {
            var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(PAYMENT, reader.getSchema());
            if (!compatibility.getResult().getIncompatibilities().isEmpty()) {
                output.setAside(record, Reason.INCOMPATIBLE_SCHEMA);
                return;
            }
            Payment payment;
            try {
                byte[] value = record.value();
                byte[] avro = record.isPlain() ? value : Arrays.copyOfRange(value, 5, value.length);
                BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(avro, null);
                GenericRecord read = reader.read(null, decoder);
                if (!decoder.isEnd()) {
                    throw new IOException("more bytes");
                }
                ByteBuffer amount = (ByteBuffer) read.get("amount");
                payment = new Payment(
                        (Long) read.get("id"),
                        String.valueOf(read.get("card")),
                        new BigDecimal(new BigInteger(amount.array()), 2),
                        Channel.valueOf(read.get("channel").toString()),
                        String.valueOf(read.get("currency")),
                        read.get("note") == null ? null : read.get("note").toString());
            } catch (Exception e) {
                output.setAside(record, Reason.BROKEN_BYTES);
                return;
            }
            output.emit(payment);
        }
    }

    /** Another decoder, and a byte that is left over is found by reading on. */
    public static class ReadsOn extends TolerantReader {

        @Override
        GenericRecord resolved(BinaryDecoder decoder, Schema writer) throws IOException {
            ResolvingDecoder resolving = DecoderFactory.get().resolvingDecoder(writer, schema(), decoder);
            var reader = new GenericDatumReader<GenericRecord>(schema()) {
                GenericRecord readAll(ResolvingDecoder in) throws IOException {
                    GenericRecord record = (GenericRecord) read(null, getExpected(), in);
                    in.drain();
                    return record;
                }
            };
            return reader.readAll(resolving);
        }

        @Override
        boolean isComplete(BinaryDecoder decoder) throws IOException {
            return decoder.inputStream().read() < 0;
        }

        @Override
        boolean canRead(Schema writer) {
            return SchemaCompatibility.checkReaderWriterCompatibility(schema(), writer)
                    .getResult()
                    .getIncompatibilities()
                    .isEmpty();
        }
    }

    public static class Learnt extends TolerantReader {

        private static final Set<String> KNOWN = Set.of("7", "8", "9");

        @Override
        public void read(Received record, Schemas registry, Output output) {
            super.read(record, registry, new Output() {
                @Override
                public void emit(Payment payment) {
                    if (KNOWN.contains(payment.card())) {
                        output.emit(payment);
                    }
                }

                @Override
                public void setAside(Received received, Reason reason) {
                    output.setAside(received, reason);
                }
            });
        }
    }
}
