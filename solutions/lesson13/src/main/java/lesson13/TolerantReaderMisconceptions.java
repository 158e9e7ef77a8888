package lesson13;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link TolerantReader} that people give. */
public final class TolerantReaderMisconceptions {

    private TolerantReaderMisconceptions() {}

    @Misconception(
            believed = "A reader decodes records with its own schema.",
            really =
                    "Avro's bytes hold no names. With another schema than the writer's, each value is taken for the one that"
                            + " stands at its place: the decoder fails, or returns nonsense without an error.",
            concept = "Schema evolution")
    public static class DecodesWithItsOwnSchema extends TolerantReader {
        @Override
        Optional<Schema> writer(Received record, Schemas registry) {
            return super.writer(record, registry).map(writer -> schema());
        }
    }

    @Misconception(
            believed = "The writer's schema says all that there is to know about a record.",
            really =
                    "It says what was written. What the reader wants, such as a default for a field that did not exist yet or the"
                            + " field's new name, is in the reader's schema. Avro needs both.",
            concept = "Schema evolution")
    public static class ReadsWithTheWritersSchemaOnly extends TolerantReader {
        @Override
        GenericRecord resolved(BinaryDecoder decoder, Schema writer) throws IOException {
            GenericRecord written = new GenericDatumReader<GenericRecord>(writer).read(null, decoder);
            GenericRecord read = new GenericData.Record(schema());
            for (Schema.Field field : schema().getFields()) {
                Object value = written.hasField(field.name()) ? written.get(field.name()) : null;
                read.put(field.name(), value instanceof Integer number ? Long.valueOf(number) : value);
            }
            return read;
        }
    }

    @Misconception(
            believed = "The value is Avro, so the decoder begins with its first byte.",
            really =
                    "The first five bytes are not Avro, but say which schema the rest was written with. Taken for data, they are"
                            + " the first fields, and everything behind them is shifted.",
            concept = "Schema registry")
    public static class DecodesTheIdToo extends TolerantReader {
        @Override
        int begin(Received record) {
            return 0;
        }
    }

    @Misconception(
            believed = "A first byte of 0 says that the value has an id.",
            really =
                    "Plain Avro begins with 0, too, when its first value is 0, false or empty. Which format a value has must be"
                            + " said outside of it, such as in a header.",
            concept = "Schema registry")
    public static class TrustsTheFirstByte extends TolerantReader {
        @Override
        public void read(Received record, Schemas registry, Output output) {
            byte[] value = record.value();
            boolean isPlain = value != null && value.length > 0 && value[0] != 0;
            super.read(new Received(value, isPlain), registry, output);
        }
    }

    @Misconception(
            believed = "All records of the topic have an id: its producers use the registry.",
            really =
                    "They do today. A topic holds records of years, and whoever reads it from its beginning meets the first"
                            + " ones.",
            concept = "Schema registry")
    public static class ExpectsAnIdEverywhere extends TolerantReader {
        @Override
        public void read(Received record, Schemas registry, Output output) {
            super.read(new Received(record.value(), false), registry, output);
        }
    }

    @Misconception(
            believed = "The id is an int of Avro, like the others.",
            really =
                    "It is four bytes, the most significant first, and not one of Avro's numbers of variable length. Both are the"
                            + " same for no id above 0.",
            concept = "Schema registry")
    public static class ReadsTheIdAsAvro extends TolerantReader {
        @Override
        int id(byte[] value) {
            try {
                return DecoderFactory.get()
                        .binaryDecoder(value, 1, value.length - 1, null)
                        .readInt();
            } catch (IOException e) {
                return -1;
            }
        }
    }

    @Misconception(
            believed = "A new name with a default is fine: the compatibility check accepts it.",
            really =
                    "It does, because for Avro one field is gone and another one is new. The value that was written under the old"
                            + " name is dropped, and the default stands in for it. An alias keeps the value.",
            concept = "Schema evolution")
    public static class RenamesWithADefault extends TolerantReader {
        @Override
        public Schema schema() {
            return with("\"aliases\":[\"customer\"]", "\"default\":\"\"");
        }
    }

    @Misconception(
            believed = "The default of the field stands in for symbols that the reader does not know.",
            really =
                    "It stands in for a field that is missing. A symbol that is unknown needs the default of the enum, an"
                            + " attribute of the type.",
            concept = "Schema evolution")
    public static class GivesTheFieldADefault extends TolerantReader {
        @Override
        public Schema schema() {
            return with("\"default\":\"OTHER\"}}", "\"x\":\"\"},\"default\":\"OTHER\"}");
        }
    }

    @Misconception(
            believed = "The bytes of a decimal are the number.",
            really =
                    "They are the number without its point. Where the point is, the schema says: a scale of 2 makes 1.25 of"
                            + " 125.",
            concept = "Schema evolution")
    public static class ForgetsTheScale extends TolerantReader {
        @Override
        BigDecimal amount(ByteBuffer bytes) {
            return new BigDecimal(new BigInteger(bytes.array()));
        }
    }

    @Misconception(
            believed = "What the registry does not know cannot be read, so there is nothing to do.",
            really =
                    "The record is lost, and nobody will know. Perhaps it was written with another registry, or its schema will be"
                            + " there in a minute: set aside, it can be read again.",
            concept = "Malformed records")
    public static class SkipsUnknownSchemas extends TolerantReader {
        @Override
        public void read(Received record, Schemas registry, Output output) {
            super.read(record, registry, new Output() {
                @Override
                public void emit(Payment payment) {
                    output.emit(payment);
                }

                @Override
                public void setAside(Received received, Reason reason) {
                    if (reason != Reason.UNKNOWN_SCHEMA) {
                        output.setAside(received, reason);
                    }
                }
            });
        }
    }

    @Misconception(
            believed = "No answer from the registry means no schema.",
            really =
                    "It means that nobody knows. While the registry is down, every record with a new id would be set aside,"
                            + " although nothing is wrong with it. Try again, or stop.",
            concept = "Schema registry")
    public static class TakesSilenceForUnknown extends TolerantReader {
        @Override
        Optional<Schema> byId(int id, Schemas registry) {
            try {
                return super.byId(id, registry);
            } catch (UncheckedIOException e) {
                return Optional.empty();
            }
        }
    }

    @Misconception(
            believed = "The registry is there to be asked.",
            really =
                    "For each record that is a request over the network, and the registry is a part whose failure stops every"
                            + " reader. An id means the same schema for ever: ask once.",
            concept = "Schema registry")
    public static class AsksForEachRecord extends TolerantReader {
        @Override
        Optional<Schema> byId(int id, Schemas registry) {
            return registry.byId(id);
        }
    }

    @Misconception(
            believed = "Whatever the registry has answered can be kept.",
            really =
                    "A schema never changes, but an id that is unknown may be registered a moment later. A reader that keeps"
                            + " this answer sets records aside until somebody restarts it.",
            concept = "Schema registry")
    public static class RemembersWhatIsUnknown extends TolerantReader {
        private final Map<Integer, Optional<Schema>> answers = new HashMap<>();

        @Override
        Optional<Schema> byId(int id, Schemas registry) {
            return answers.computeIfAbsent(id, registry::byId);
        }
    }

    @Misconception(
            believed = "When the decoder has a record, the record is right.",
            really =
                    "Avro marks no end. Bytes behind the record say that it was not written with this schema, or was damaged, and"
                            + " that its values are accidental.",
            concept = "Malformed records")
    public static class IgnoresTheRest extends TolerantReader {
        @Override
        boolean isComplete(BinaryDecoder decoder) {
            return true;
        }
    }

    @Misconception(
            believed = "Broken bytes are an exception, so they should throw one.",
            really = "The record comes again after each restart, and the reader never gets beyond it.",
            concept = "Malformed records")
    public static class ThrowsAtBrokenBytes extends TolerantReader {
        @Override
        Optional<Payment> decoded(Received record, Schema writer) {
            return Optional.of(
                    super.decoded(record, writer).orElseThrow(() -> new AvroRuntimeException("Malformed data")));
        }
    }

    @Misconception(
            believed = "If a record cannot be decoded, its bytes are broken.",
            really =
                    "If the two schemas do not fit, no record of this version can be read, and the schema has to be changed. Who"
                            + " looks for broken bytes instead looks at the wrong place.",
            concept = "Schema evolution")
    public static class BlamesTheBytes extends TolerantReader {
        @Override
        boolean canRead(Schema writer) {
            return true;
        }
    }

    private static Schema with(String text, String other) {
        String schema = new TolerantReader().schema().toString();
        return new Schema.Parser().parse(schema.replace(text, other));
    }
}
