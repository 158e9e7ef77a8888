package lesson13;

import static workbook.check.script.Script.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lesson13.TolerantReader.Output;
import lesson13.TolerantReader.Payment;
import lesson13.TolerantReader.Reason;
import lesson13.TolerantReader.Received;
import lesson13.TolerantReader.Schemas;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row is a record: the version that wrote it, the fields that this version has, and what happened to its bytes. The
 * output has the same number for what became of it.
 */
@Checkpoint(TolerantReader.class)
class TolerantReaderCheckpoint {

    private static final String SCHEMA =
            "nr INT, written STRING, id BIGINT, card STRING, amount DECIMAL(10,2), channel STRING, currency STRING, note STRING,"
                    + " bytes STRING";
    private static final String[] COLUMNS = {"nr", "id", "card", "amount", "channel", "currency", "note", "reason"};

    private static final String WHOLE = "whole";

    @Test
    @Order(1)
    void theReadersSchemaResolvesPaymentsOfAllVersions(TolerantReader answer) {
        script().batch(
                        record(1, "plain", 1, "7", "1.25", "SHOP", null, null, WHOLE),
                        record(2, "v1", 5_000_000_000L, "8", "0.10", "WEB", null, null, WHOLE),
                        record(3, "v2", 3, "9", "-2.00", "PHONE", "USD", null, WHOLE),
                        record(4, "v3", 4, "7", "99999999.99", "SHOP", "EUR", "a gift", WHOLE))
                .emitsInOrder(
                        payment(1, 1, "7", "1.25", "SHOP", "EUR", null),
                        payment(2, 5_000_000_000L, "8", "0.10", "WEB", "EUR", null),
                        payment(3, 3, "9", "-2.00", "OTHER", "USD", null),
                        payment(4, 4, "7", "99999999.99", "SHOP", "EUR", "a gift"))
                .run(new Resolving(answer));
    }

    @Test
    @Order(2)
    void aPaymentHasWhatItsWriterWrote(TolerantReader answer) {
        script().batch(
                        record(1, "v3", 1, "7", "12.50", "SHOP", "CHF", "a gift", WHOLE),
                        record(2, "v3", -2, "8", "0.00", "WEB", "EUR", null, WHOLE),
                        record(3, "v2", 3, "9", "-0.01", "SHOP", "USD", null, WHOLE),
                        record(4, "v1", 4, "7", "7.00", "WEB", null, null, WHOLE),
                        record(5, "today", 5, "8", "3.00", "OTHER", "EUR", "a gift", WHOLE))
                .emitsInOrder(
                        payment(1, 1, "7", "12.50", "SHOP", "CHF", "a gift"),
                        payment(2, -2, "8", "0.00", "WEB", "EUR", null),
                        payment(3, 3, "9", "-0.01", "SHOP", "USD", null),
                        payment(4, 4, "7", "7.00", "WEB", "EUR", null),
                        payment(5, 5, "8", "3.00", "OTHER", "EUR", "a gift"))
                .run(new Reading(answer));
    }

    @Test
    @Order(3)
    void plainPaymentsHaveNoId(TolerantReader answer) {
        script().batch(
                        record(1, "plain", 1, "7", "1.25", "SHOP", null, null, WHOLE),
                        record(2, "plain", 0, "8", "2.00", "WEB", null, null, WHOLE))
                .emitsInOrder(
                        payment(1, 1, "7", "1.25", "SHOP", "EUR", null), payment(2, 0, "8", "2.00", "WEB", "EUR", null))
                .run(new Reading(answer));
    }

    @Test
    @Order(4)
    void aChannelThatTheReaderDoesNotKnowIsOther(TolerantReader answer) {
        script().batch(
                        record(1, "v2", 1, "7", "1.00", "PHONE", "EUR", null, WHOLE),
                        record(2, "v2", 2, "7", "1.00", "WEB", "EUR", null, WHOLE))
                .emitsInOrder(
                        payment(1, 1, "7", "1.00", "OTHER", "EUR", null),
                        payment(2, 2, "7", "1.00", "WEB", "EUR", null))
                .run(new Reading(answer));
    }

    @Test
    @Order(5)
    void aRecordWithoutTheIdOfASchemaIsSetAside(TolerantReader answer) {
        script().batch(
                        record(1, "v1", 1, "7", "1.00", "WEB", null, null, "none"),
                        record(2, "plain", 2, "7", "1.00", "WEB", null, null, "none"),
                        record(3, "v1", 3, "7", "1.00", "WEB", null, null, "only 0"),
                        record(4, "v1", 4, "7", "1.00", "WEB", null, null, "only 4"),
                        record(5, "v1", 5, "7", "1.00", "WEB", null, null, "a 1 first"),
                        record(6, "v1", 6, "7", "1.00", "WEB", null, null, WHOLE))
                .emitsInOrder(
                        setAside(1, Reason.NO_SCHEMA_ID),
                        setAside(2, Reason.NO_SCHEMA_ID),
                        setAside(3, Reason.NO_SCHEMA_ID),
                        setAside(4, Reason.NO_SCHEMA_ID),
                        setAside(5, Reason.NO_SCHEMA_ID),
                        payment(6, 6, "7", "1.00", "WEB", "EUR", null))
                .run(new Reading(answer));
    }

    @Test
    @Order(6)
    void aRecordWithAnUnknownSchemaIsSetAsideUntilTheSchemaIsRegistered(TolerantReader answer) {
        Reading reading = new Reading(answer);
        script().batch(
                        record(1, "v1", 1, "7", "1.00", "WEB", null, null, WHOLE),
                        record(2, "v4", 2, "8", "2.00", "WEB", "EUR", null, WHOLE),
                        record(3, "v1", 3, "9", "3.00", "WEB", null, null, WHOLE))
                .emitsInOrder(
                        payment(1, 1, "7", "1.00", "WEB", "EUR", null),
                        setAside(2, Reason.UNKNOWN_SCHEMA),
                        payment(3, 3, "9", "3.00", "WEB", "EUR", null))
                .expects("v4 is registered", true, reading::registerVersion4)
                .batch(record(4, "v4", 4, "8", "4.00", "APP", "EUR", "soon", WHOLE))
                .emitsInOrder(
                        payment(1, 1, "7", "1.00", "WEB", "EUR", null),
                        setAside(2, Reason.UNKNOWN_SCHEMA),
                        payment(3, 3, "9", "3.00", "WEB", "EUR", null),
                        payment(4, 4, "8", "4.00", "OTHER", "EUR", "soon"))
                .run(reading);
    }

    @Test
    @Order(7)
    void aRecordOfAnIncompatibleSchemaIsSetAsideWhateverItsBytesAre(TolerantReader answer) {
        script().batch(
                        record(1, "refund", 1, null, null, null, null, null, WHOLE),
                        record(2, "refund", 2, null, null, null, null, null, "cut"),
                        record(3, "v1", 3, "7", "3.00", "WEB", null, null, WHOLE))
                .emitsInOrder(
                        setAside(1, Reason.INCOMPATIBLE_SCHEMA),
                        setAside(2, Reason.INCOMPATIBLE_SCHEMA),
                        payment(3, 3, "7", "3.00", "WEB", "EUR", null))
                .run(new Reading(answer));
    }

    @Test
    @Order(8)
    void aRecordWithBrokenBytesIsSetAside(TolerantReader answer) {
        script().batch(
                        record(1, "v1", 1, "7", "1.00", "WEB", null, null, "cut"),
                        record(2, "v2", 2, "7", "1.00", "WEB", "EUR", null, "cut"),
                        record(3, "plain", 3, "7", "1.00", "WEB", null, null, "cut"),
                        record(4, "v3", 4, "7", "1.00", "WEB", "EUR", null, "nonsense"),
                        record(5, "v1", 5, "7", "1.00", "WEB", null, null, "empty"),
                        record(6, "plain", 6, "7", "1.00", "WEB", null, null, "empty"),
                        record(7, "v1", 7, "7", "1.00", "WEB", null, null, "a length below 0"),
                        record(8, "v1", 8, "7", "1.00", "WEB", null, null, WHOLE))
                .emitsInOrder(
                        setAside(1, Reason.BROKEN_BYTES),
                        setAside(2, Reason.BROKEN_BYTES),
                        setAside(3, Reason.BROKEN_BYTES),
                        setAside(4, Reason.BROKEN_BYTES),
                        setAside(5, Reason.BROKEN_BYTES),
                        setAside(6, Reason.BROKEN_BYTES),
                        setAside(7, Reason.BROKEN_BYTES),
                        payment(8, 8, "7", "1.00", "WEB", "EUR", null))
                .run(new Reading(answer));
    }

    @Test
    @Order(9)
    void bytesBehindTheRecordBreakItToo(TolerantReader answer) {
        script().batch(
                        record(1, "v2", 1, "7", "1.00", "WEB", "EUR", null, "more"),
                        record(2, "plain", 2, "7", "1.00", "WEB", null, null, "more"))
                .emitsInOrder(setAside(1, Reason.BROKEN_BYTES), setAside(2, Reason.BROKEN_BYTES))
                .run(new Reading(answer));
    }

    @Test
    @Order(10)
    void aRegistryThatDoesNotAnswerSetsNothingAside(TolerantReader answer) {
        Reading reading = new Reading(answer);
        script().batch(
                        record(1, "silent", 1, "7", "1.00", "WEB", null, null, WHOLE),
                        record(2, "v2", 2, "7", "1.00", "WEB", "EUR", null, WHOLE))
                .emitsInOrder(
                        payment(1, 1, "7", "1.00", "WEB", "EUR", null), payment(2, 2, "7", "1.00", "WEB", "EUR", null))
                .expects("calls that throw", 1, reading::thrown)
                .run(reading);
    }

    @Test
    @Order(11)
    void theRegistryIsAskedOnceForEachSchemaThatItHas(TolerantReader answer) {
        Reading reading = new Reading(answer);
        script().batch(
                        record(1, "v1", 1, "7", "1.00", "WEB", null, null, WHOLE),
                        record(2, "v2", 2, "7", "1.00", "WEB", "EUR", null, WHOLE),
                        record(3, "v1", 3, "7", "1.00", "WEB", null, null, WHOLE),
                        record(4, "plain", 4, "7", "1.00", "WEB", null, null, WHOLE),
                        record(5, "refund", 5, null, null, null, null, null, WHOLE),
                        record(6, "v1", 6, "7", "1.00", "WEB", null, null, "more"),
                        record(7, "v2", 7, "7", "1.00", "WEB", "EUR", null, "cut"))
                .expects("questions to the registry", List.of(1, 300, 5), reading::questions)
                .run(reading);
    }

    @Test
    @Order(12)
    void randomRecordsBecomeWhatTheirWriterWrote(TolerantReader answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<ScriptRow> rows =
                IntStream.rangeClosed(1, 60).mapToObj(nr -> random(random, nr)).toList();
        script().title(seed.hint())
                .batch(rows)
                .emitsInOrder(
                        rows.stream().map(TolerantReaderCheckpoint::expected).toArray())
                .run(new Reading(answer));
    }

    private static ScriptRow random(Random random, int nr) {
        String written = oneOf(random, "plain", "v1", "v2", "v3");
        boolean hasCurrency = written.equals("v2") || written.equals("v3");
        List<String> channels = Writers.channels(written);
        return row(
                nr,
                written,
                written.equals("plain") ? (long) random.nextInt() : random.nextLong(),
                "card " + random.nextInt(1_000),
                BigDecimal.valueOf(random.nextLong(-9_999_999_999L, 10_000_000_000L), 2),
                channels.get(random.nextInt(channels.size())),
                hasCurrency ? oneOf(random, "EUR", "CHF", "") : null,
                written.equals("v3") ? oneOf(random, null, "note " + nr, "") : null,
                oneOf(random, WHOLE, WHOLE, WHOLE, "cut", "more"));
    }

    private static String oneOf(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private static ScriptRow expected(ScriptRow record) {
        if (!record.getString(8).equals(WHOLE)) {
            return setAside((int) record.get(0), Reason.BROKEN_BYTES);
        }
        String channel = Set.of("SHOP", "WEB").contains(record.getString(5)) ? record.getString(5) : "OTHER";
        Object currency = record.get(6) == null ? "EUR" : record.get(6);
        return row(record.get(0), record.get(2), record.get(3), record.get(4), channel, currency, record.get(7), null);
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow record(
            int nr,
            String written,
            long id,
            String card,
            String amount,
            String channel,
            String currency,
            String note,
            String bytes) {
        return row(nr, written, id, card, amount, channel, currency, note, bytes);
    }

    private static ScriptRow payment(
            int nr, long id, String card, String amount, String channel, String currency, String note) {
        return row(nr, id, card, new BigDecimal(amount), channel, currency, note, null);
    }

    private static ScriptRow setAside(int nr, Reason reason) {
        return row(nr, null, null, null, null, null, null, reason.name());
    }

    /** The schemas of the writers, by the names of the versions. */
    private static final class Writers {

        private static final String AMOUNT =
                "'name': 'amount', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 10, 'scale': 2}";
        private static final String CHANNEL =
                "'name': 'channel', 'type': {'type': 'enum', 'name': 'Channel', 'symbols': ";

        /** The ids differ in which of their bytes are 0. */
        static final Map<String, Integer> IDS =
                Map.of("v1", 1, "v2", 300, "v3", 66_051, "v4", 16_909_060, "today", 65_536, "refund", 5, "silent", 77);

        private static final String V1 =
                "{'name': 'id', 'type': 'long'}, {'name': 'customer', 'type': 'string'}, {'name': 'terminal', 'type': 'int'}, {"
                        + AMOUNT + "}, {" + CHANNEL + "['WEB', 'SHOP']}}";

        private static final Map<String, Schema> SCHEMAS = Map.of(
                "plain",
                TolerantReader.BEFORE_THE_REGISTRY,
                "v1",
                schema(V1),
                "silent",
                schema(V1),
                "v2",
                schema("{'name': 'id', 'type': 'long'}, {'name': 'card', 'type': 'string'}, {" + AMOUNT + "}, {"
                        + CHANNEL
                        + "['SHOP', 'WEB', 'PHONE']}}, {'name': 'currency', 'type': 'string', 'default': 'XXX'}"),
                "v3",
                schema("{'name': 'note', 'type': ['null', 'string']}, {" + CHANNEL
                        + "['PHONE', 'SHOP', 'WEB']}}, {'name': 'currency', 'type': 'string'}, {'name': 'tip', 'type': 'double'},"
                        + " {'name': 'card', 'type': 'string'}, {'name': 'tags', 'type': {'type': 'array', 'items': 'string'}}, {"
                        + AMOUNT + "}, {'name': 'id', 'type': 'long'}"),
                "v4",
                schema("{'name': 'id', 'type': 'long'}, {" + CHANNEL + "['APP', 'WEB']}}, {" + AMOUNT
                        + "}, {'name': 'card', 'type': 'string'}, {'name': 'note', 'type': ['string', 'null']},"
                        + " {'name': 'currency', 'type': 'string'}"),
                "today",
                schema(
                        "{'name': 'id', 'type': 'long'}, {'name': 'card', 'type': 'string'}, {" + AMOUNT + "}, {"
                                + CHANNEL
                                + "['SHOP', 'WEB', 'OTHER']}}, {'name': 'currency', 'type': 'string'}, {'name': 'note', 'type': ['null', 'string']}"),
                "refund",
                schema("{'name': 'id', 'type': 'long'}, {'name': 'reason', 'type': 'string'}"));

        private static Schema schema(String fields) {
            return new Schema.Parser()
                    .parse(("{'type': 'record', 'name': 'Payment', 'fields': [" + fields + "]}").replace('\'', '"'));
        }

        static Schema of(String written) {
            return SCHEMAS.get(written);
        }

        static List<String> channels(String written) {
            return of(written).getField("channel").schema().getEnumSymbols();
        }

        /** What a writer of this version sends. */
        static GenericRecord written(ScriptRow row) {
            Schema schema = of(row.getString(1));
            GenericRecord record = new GenericData.Record(schema);
            for (Schema.Field field : schema.getFields()) {
                record.put(field.pos(), value(field, row));
            }
            return record;
        }

        private static Object value(Schema.Field field, ScriptRow row) {
            return switch (field.name()) {
                case "id" ->
                    field.schema().getType() == Schema.Type.INT
                            ? (Object) ((Number) row.get(2)).intValue()
                            : (Object) ((Number) row.get(2)).longValue();
                case "card", "customer" -> row.get(3);
                case "amount" ->
                    ByteBuffer.wrap(((BigDecimal) row.get(4)).unscaledValue().toByteArray());
                case "channel" -> new GenericData.EnumSymbol(field.schema(), row.get(5));
                case "currency" -> row.get(6);
                case "note" -> row.get(7);
                case "terminal" -> 1_204;
                case "tip" -> 0.5;
                case "tags" -> List.of("new", "express");
                default -> "returned";
            };
        }
    }

    private static byte[] avro(GenericRecord record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record as it is in the topic. */
    private static Received received(ScriptRow row) {
        boolean isPlain = row.getString(1).equals("plain");
        byte[] avro = avro(Writers.written(row));
        byte[] damaged = switch (row.getString(8)) {
            case "cut" -> Arrays.copyOf(avro, avro.length - 1);
            case "more" -> Arrays.copyOf(avro, avro.length + 1);
            case "nonsense" -> new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
            case "a length below 0" -> new byte[] {14, -1, 1}; // the id 7, a text of -128 characters
            case "empty" -> new byte[0];
            default -> avro;
        };
        byte[] value = isPlain
                ? damaged
                : ByteBuffer.allocate(5 + damaged.length)
                        .put((byte) 0)
                        .putInt(Writers.IDS.get(row.getString(1)))
                        .put(damaged)
                        .array();
        return switch (row.getString(8)) {
            case "none" -> new Received(null, isPlain);
            case "only 0" -> new Received(new byte[0], isPlain);
            case "only 4" -> new Received(Arrays.copyOf(value, 4), isPlain);
            case "a 1 first" -> {
                value[0] = 1;
                yield new Received(value, isPlain);
            }
            default -> new Received(value, isPlain);
        };
    }

    /** Calls the answer with each record, and once more if the registry did not answer. */
    private static final class Reading implements Job, Schemas, Output {

        private final TolerantReader answer;
        private final List<ScriptRow> output = new ArrayList<>();
        private final Set<Integer> unanswered = new HashSet<>(Set.of(Writers.IDS.get("silent")));
        private final Map<Integer, Schema> registered = new TreeMap<>();
        private final List<Integer> questions = new ArrayList<>();
        private List<ScriptRow> records = List.of();
        private ScriptRow current;
        private byte[] sent;
        private int thrown;

        Reading(TolerantReader answer) {
            this.answer = answer;
            Writers.IDS.forEach((name, id) -> registered.put(id, Writers.of(name)));
            registered.remove(Writers.IDS.get("v4"));
        }

        boolean registerVersion4() {
            return registered.put(Writers.IDS.get("v4"), Writers.of("v4")) == null;
        }

        int thrown() {
            return thrown;
        }

        List<Integer> questions() {
            return questions;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            records = rows;
        }

        @Override
        public void run() {
            for (ScriptRow row : records) {
                current = row;
                sent = received(row).value();
                Received record = received(row);
                try {
                    answer.read(record, this, this);
                } catch (RuntimeException e) {
                    if (!isSilence(e)) {
                        throw e;
                    }
                    thrown++;
                    answer.read(record, this, this);
                }
            }
        }

        private static boolean isSilence(Throwable e) {
            return e != null && (e instanceof Silence || isSilence(e.getCause()));
        }

        @Override
        public Optional<Schema> byId(int id) {
            questions.add(id);
            if (unanswered.remove(id)) {
                throw new Silence();
            }
            return Optional.ofNullable(registered.get(id));
        }

        @Override
        public void emit(Payment payment) {
            output.add(row(
                    current.get(0),
                    payment.id(),
                    payment.card(),
                    payment.amount(),
                    String.valueOf(payment.channel()),
                    payment.currency(),
                    payment.note(),
                    null));
        }

        @Override
        public void setAside(Received record, Reason reason) {
            String bytes = Arrays.equals(record.value(), sent) ? "" : ", with other bytes";
            output.add(row(current.get(0), null, null, null, null, null, null, reason + bytes));
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }

    private static final class Silence extends UncheckedIOException {
        Silence() {
            super(new IOException("The schema registry does not answer."));
        }
    }

    /** Resolves each record to the answer's schema, without the answer's other code. */
    private static final class Resolving implements Job {

        private final TolerantReader answer;
        private final List<ScriptRow> output = new ArrayList<>();
        private List<ScriptRow> records = List.of();

        Resolving(TolerantReader answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            records = rows;
        }

        @Override
        public void run() throws IOException {
            for (ScriptRow row : records) {
                GenericRecord written = Writers.written(row);
                var decoder = DecoderFactory.get().binaryDecoder(avro(written), null);
                GenericRecord read =
                        new GenericDatumReader<GenericRecord>(written.getSchema(), answer.schema()).read(null, decoder);
                byte[] unscaled = ((ByteBuffer) read.get("amount")).array();
                output.add(row(
                        row.get(0),
                        read.get("id"),
                        text(read.get("card")),
                        new BigDecimal(new BigInteger(unscaled), 2),
                        text(read.get("channel")),
                        text(read.get("currency")),
                        text(read.get("note")),
                        null));
            }
        }

        private static String text(Object value) {
            return value == null ? null : value.toString();
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
