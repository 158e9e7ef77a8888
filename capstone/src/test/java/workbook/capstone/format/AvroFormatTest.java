package workbook.capstone.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workbook.kit.Payment;
import workbook.kit.schemas.LocalRegistry;
import workbook.kit.schemas.RegistryClient;
import workbook.kit.schemas.WireFormat;

class AvroFormatTest {

    private static final Instant RECEIVED = Instant.parse("2018-04-01T09:00:00Z");
    private static final Payment PAYMENT =
            new Payment(7, Instant.parse("2018-04-01T08:59:58.123456Z"), 596, 3156, new BigDecimal("57.10"));

    @TempDir
    static Path folder;

    private static final LocalRegistry REGISTRY = LocalRegistry.start();
    private final RegistryClient client = new RegistryClient(REGISTRY.url());
    private final AvroFormat format = AvroFormat.register(REGISTRY.url());

    @AfterAll
    static void stop() {
        REGISTRY.close();
    }

    @Test
    void readsWhatItWrites() {
        assertThat(format.parse(format.write(PAYMENT), RECEIVED)).isEqualTo(new Parsed.Accepted(PAYMENT));
        assertThat(format.write(PAYMENT))
                .startsWith(0, 0, 0, 0)
                .hasSizeLessThan(PAYMENT.toJson().length() / 3);
    }

    @Test
    void readsBothVersionsAndSaysWhichItIs() {
        byte[] old = format.write(PAYMENT);
        byte[] evolved = format.evolved().write(PAYMENT);
        assertThat(evolved).endsWith("web".getBytes(StandardCharsets.UTF_8));
        assertThat(format.parse(evolved, RECEIVED)).isEqualTo(new Parsed.Accepted(PAYMENT));
        assertThat(format.version(old)).contains("version 1");
        assertThat(format.version(evolved)).contains("version 2");
        assertThat(format.version(null)).isEmpty();
        assertThat(client.versions(AvroFormat.PAYMENTS)).containsExactly(1, 2);
    }

    /** Fields in another order, with a smaller type, and some that the pipeline does not know. */
    @Test
    void readsAVersionThatItHasNeverSeen() {
        Schema future = payment()
                .name("note")
                .type()
                .stringType()
                .noDefault()
                .name("amount")
                .type(AvroSchemas.PAYMENT_1.getField("amount").schema())
                .noDefault()
                .requiredInt("terminal")
                .requiredInt("customer")
                .name("time")
                .type(AvroSchemas.PAYMENT_1.getField("time").schema())
                .noDefault()
                .requiredInt("id")
                .endRecord();
        GenericRecord record = AvroPayment.of(PAYMENT, future);
        record.put("id", 7);
        record.put("note", "paid by phone");
        byte[] value = WireFormat.write(client.register("future", future), record);
        assertThat(format.parse(value, RECEIVED)).isEqualTo(new Parsed.Accepted(PAYMENT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -0.01      | 2018-04-01T08:59:58Z | 596 | amount: negative
            1000000.01 | 2018-04-01T08:59:58Z | 596 | amount: above 1000000
            57.10      | 2018-04-01T08:59:58Z | -1  | customer: negative
            57.10      | 1969-12-31T23:59:59Z | 596 | time: before 1970
            57.10      | 2018-04-02T09:00:01Z | 596 | time: more than a day in the future
            """)
    void theRulesAreThoseOfJson(String amount, Instant time, int customer, String reason) {
        Payment wrong = new Payment(7, time, customer, 3156, new BigDecimal(amount));
        assertThat(format.parse(format.write(wrong), RECEIVED))
                .isEqualTo(new Parsed.Rejected(reason))
                .isEqualTo(JsonFormat.PLAIN.parse(JsonFormat.PLAIN.write(wrong), RECEIVED));
        assertThat(new String(format.toJson(format.write(wrong)), StandardCharsets.UTF_8))
                .isEqualTo(wrong.toJson());
    }

    @Test
    void aReasonNamesTheFault() {
        byte[] value = format.write(PAYMENT);
        int id = WireFormat.schemaId(value);
        assertThat(reason(null)).isEqualTo("no value");
        assertThat(reason(new byte[4])).isEqualTo("no schema id");
        assertThat(reason(PAYMENT.toJson().getBytes(StandardCharsets.UTF_8))).isEqualTo("no schema id");
        for (int unknown : List.of(-1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            assertThat(reason(with(value, unknown))).isEqualTo("unknown schema " + unknown);
        }
        for (int length = 5; length < value.length; length++) {
            assertThat(reason(Arrays.copyOf(value, length))).isEqualTo("not a record of its schema, " + id);
        }
        assertThat(reason(Arrays.copyOf(value, value.length + 1))).isEqualTo("not a record of its schema, " + id);
    }

    @Test
    void anUnknownSchemaIsAskedForAgain() {
        int next = client.register("newest", payment().requiredLong("first").endRecord()) + 1;
        byte[] value = with(format.write(PAYMENT), next);
        assertThat(reason(value)).isEqualTo("unknown schema " + next);
        Schema documented = new Schema.Parser()
                .parse(AvroSchemas.PAYMENT_1.toString().replaceFirst("\\{", "{\"doc\":\"a payment\","));
        assertThat(client.register("documented", documented)).isEqualTo(next);
        assertThat(format.parse(value, RECEIVED)).isEqualTo(new Parsed.Accepted(PAYMENT));
    }

    @Test
    void aSchemaThatDoesNotFitIsNamed() {
        int missing = client.register("missing", payment().requiredLong("id").endRecord());
        assertThat(reason(with(format.write(PAYMENT), missing)))
                .isEqualTo("schema " + missing + ": READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1");
        Schema millis = new Schema.Parser()
                .parse(AvroSchemas.PAYMENT_1.toString().replace("timestamp-micros", "timestamp-millis"));
        int inMillis = client.register("millis", millis);
        assertThat(reason(WireFormat.write(inMillis, AvroPayment.of(PAYMENT, millis))))
                .isEqualTo("schema " + inMillis + ": another type at time");
    }

    /** Avro allocates what a length says when it reads a text, here two gigabytes. It skips a text without that. */
    @Test
    void aBrokenLengthAllocatesNothing() {
        byte[] value = format.evolved().write(PAYMENT);
        byte[] broken = ByteBuffer.allocate(value.length + 1)
                .put(value, 0, value.length - "3web".length())
                .put(new byte[] {-2, -1, -1, -1, 15})
                .array();
        assertThat(reason(broken)).startsWith("not a record of its schema");
    }

    @Test
    void eachKindOfMalformedRecordIsRefused() {
        for (int number = 0; number < 10; number++) {
            Malformed malformed = format.malformed(number);
            assertThat(format.parse(malformed.value(), Instant.now()))
                    .as(malformed.kind())
                    .isInstanceOf(Parsed.Rejected.class);
        }
    }

    @Test
    void aRegistryThatDoesNotAnswerRefusesNothing() {
        AvroFormat alone;
        byte[] value;
        byte[] evolved;
        try (LocalRegistry registry = LocalRegistry.start(folder.resolve("schemas.json"), 0)) {
            alone = AvroFormat.register(registry.url());
            value = alone.write(PAYMENT);
            evolved = alone.evolved().write(PAYMENT);
            assertThat(alone.parse(value, RECEIVED)).isInstanceOf(Parsed.Accepted.class);
        }
        assertThat(alone.parse(value, RECEIVED)).as("a known schema").isInstanceOf(Parsed.Accepted.class);
        assertThatThrownBy(() -> alone.parse(evolved, RECEIVED))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("No schema registry answers at " + alone.registry());
    }

    @Test
    void aTaskGetsACopy() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(format);
        }
        AvroFormat copy =
                (AvroFormat) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(copy.parse(copy.write(PAYMENT), RECEIVED)).isEqualTo(new Parsed.Accepted(PAYMENT));
    }

    private String reason(byte[] value) {
        return ((Parsed.Rejected) format.parse(value, RECEIVED)).reason();
    }

    private static byte[] with(byte[] value, int id) {
        return ByteBuffer.wrap(value.clone()).putInt(1, id).array();
    }

    private static SchemaBuilder.FieldAssembler<Schema> payment() {
        return SchemaBuilder.record("Payment").namespace("workbook").fields();
    }
}
