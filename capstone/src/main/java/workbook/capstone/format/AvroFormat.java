package workbook.capstone.format;

import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import workbook.kit.Payment;
import workbook.kit.schemas.RegistryClient;
import workbook.kit.schemas.WireFormat;
import workbook.kit.spark.PaymentRow;

/**
 * Payments and scores in Avro, in Confluent's wire format. It reads all versions of their schemas.
 *
 * @param registry the URL of the schema registry
 * @param payments how payments are written
 * @param scores how scores are written
 */
public record AvroFormat(String registry, Written payments, Written scores) implements Format {

    /** The subject of the payments' schemas. */
    public static final String PAYMENTS = "payments-value";

    /** The subject of the scores' schemas. */
    public static final String SCORES = "scores-value";

    private static final String CHANNEL = "channel";
    private static final Map<String, Readers> IN_THIS_JVM = new ConcurrentHashMap<>();

    /** A schema, and its id in the registry. */
    record Written(int id, Schema schema) implements Serializable {

        byte[] value(GenericRecord record) {
            return WireFormat.write(id, record);
        }
    }

    /** What the tasks of a JVM share: the schemas that it knows already. */
    private record Readers(
            RegistryClient client, AvroReader payments, AvroReader scores, Map<Integer, String> versions) {

        static Readers of(String registry) {
            RegistryClient client = new RegistryClient(registry);
            return new Readers(
                    client,
                    new AvroReader(client, AvroSchemas.PAYMENT_1),
                    new AvroReader(client, AvroSchemas.SCORE),
                    new ConcurrentHashMap<>());
        }
    }

    /**
     * Registers the schemas that are written.
     *
     * @throws workbook.kit.schemas.RegistryException if the registry refuses one
     * @throws java.io.UncheckedIOException if it does not answer
     */
    public static AvroFormat register(String registry) {
        return new AvroFormat(
                registry,
                registered(registry, PAYMENTS, AvroSchemas.PAYMENT_1),
                registered(registry, SCORES, AvroSchemas.SCORE));
    }

    private static Written registered(String registry, String subject, Schema schema) {
        return new Written(readers(registry).client().register(subject, schema), schema);
    }

    private static Readers readers(String registry) {
        return IN_THIS_JVM.computeIfAbsent(registry, Readers::of);
    }

    @Override
    public byte[] write(Payment payment) {
        GenericRecord record = AvroPayment.of(payment, payments.schema());
        if (payments.schema().getField(CHANNEL) != null) {
            record.put(CHANNEL, "web");
        }
        return payments.value(record);
    }

    @Override
    public Parsed parse(byte[] value, Instant received) {
        try {
            return new Parsed.Accepted(PaymentRules.checked(payment(value), received));
        } catch (Refusal e) {
            return new Parsed.Rejected(e.getMessage());
        }
    }

    private Payment payment(byte[] value) throws Refusal {
        return AvroPayment.from(readers(registry).payments().read(value));
    }

    @Override
    public byte[] write(ScoredPayment scored) {
        GenericRecord record = AvroPayment.of(scored.payment(), scores.schema());
        record.put("score", scored.roundedScore());
        record.put("alert", scored.alert());
        record.put("model", scored.model());
        record.put("lookup", scored.lookup().toString());
        record.put("features", Arrays.stream(scored.features()).boxed().toList());
        return scores.value(record);
    }

    @Override
    public Dataset<Row> scores(Dataset<Row> records) {
        MapFunction<Row, Row> read = record -> score(record.getAs(0));
        return records.select("value").map(read, Encoders.row(ScoredPayment.SCHEMA));
    }

    /** Only the scoring writes scores: one that cannot be read is an error. */
    private Row score(byte[] value) {
        try {
            GenericRecord score = readers(registry).scores().read(value);
            return PaymentRow.with(
                    AvroPayment.from(score),
                    score.get("score"),
                    score.get("alert"),
                    score.get("model").toString(),
                    score.get("lookup").toString(),
                    ((List<?>) score.get("features")).toArray());
        } catch (Refusal e) {
            throw new IllegalStateException(
                    "The topic of scores has a record that is not a score in Avro: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] toJson(byte[] value) {
        try {
            return payment(value).toJson().getBytes(StandardCharsets.UTF_8);
        } catch (Refusal e) {
            return value;
        }
    }

    @Override
    public Column asJson(Column value) {
        UDF1<byte[], byte[]> json = this::toJson;
        return udf(json, DataTypes.BinaryType).apply(value);
    }

    @Override
    public AvroFormat evolved() {
        return new AvroFormat(registry, registered(registry, PAYMENTS, AvroSchemas.PAYMENT_2), scores);
    }

    @Override
    public Optional<String> version(byte[] value) {
        Readers known = readers(registry);
        try {
            return Optional.of(known.versions()
                    .computeIfAbsent(
                            AvroReader.schemaId(value),
                            id -> "version "
                                    + known.client()
                                            .version(PAYMENTS, known.client().schema(id))));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    @Override
    public Malformed malformed(long number) {
        MalformedAvro kind = MalformedAvro.values()[(int) (number % MalformedAvro.values().length)];
        return new Malformed(kind.name(), kind.value(this));
    }
}
