package workbook.capstone.spark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.features.EntityKey;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.format.Format;
import workbook.capstone.format.Parsed;
import workbook.capstone.format.ScoredPayment;
import workbook.capstone.inference.ActiveModel;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.Profiles;
import workbook.capstone.streaming.Topics;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

/**
 * Parses a record and looks up the features of its payment: the input of the brick {@link lesson07.ScorePayments}.
 *
 * @param models the folder of the {@link workbook.capstone.inference.ModelRegistry}
 * @param store the URL of the online store
 * @param format of payments
 */
record ScoringInput(String models, String store, Format format) implements MapFunction<Row, Row> {

    private static final StructType HEADER =
            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType);

    /** The type of a record's headers: an array of {@code key} string, {@code value} binary; null without headers. */
    static final DataType HEADERS = DataTypes.createArrayType(HEADER);

    /** The columns of Spark's Kafka source that are read. */
    static final StructType RECORD = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("headers", HEADERS);

    /**
     * The payment's columns; its other {@link Features}, double; {@code lookup} string, as in {@link ScoredPayment}; then
     * of its record {@code key} and {@code value} binary, {@code received} bigint, the timestamp in milliseconds since
     * 1970, {@code origin} and {@code attempts} binary, the values of the headers of {@link Topics}; {@code reason} string,
     * why it is not a payment. Without a payment its columns, features and {@code lookup} are null, with one {@code reason}.
     * {@code attempts} is null unless the record was a dead letter.
     */
    static final StructType SCHEMA = schema();

    private static final int FEATURES = PaymentRow.SCHEMA.length();
    private static final int LOOKUP = SCHEMA.fieldIndex("lookup");
    private static final int KEY = SCHEMA.fieldIndex("key");
    private static final int VALUE = SCHEMA.fieldIndex("value");
    private static final int RECEIVED = SCHEMA.fieldIndex("received");
    private static final int ORIGIN = SCHEMA.fieldIndex(Topics.ORIGIN);
    private static final int ATTEMPTS = SCHEMA.fieldIndex(Topics.ATTEMPTS);
    private static final int REASON = SCHEMA.fieldIndex("reason");

    private static StructType schema() {
        StructType schema = PaymentRow.SCHEMA;
        for (String feature : Features.NAMES.subList(1, Features.NAMES.size())) { // the first is the amount
            schema = schema.add(feature, DataTypes.DoubleType);
        }
        return schema.add("lookup", DataTypes.StringType)
                .add("key", DataTypes.BinaryType)
                .add("value", DataTypes.BinaryType)
                .add("received", DataTypes.LongType)
                .add(Topics.ORIGIN, DataTypes.BinaryType)
                .add(Topics.ATTEMPTS, DataTypes.BinaryType)
                .add("reason", DataTypes.StringType);
    }

    /** Returns records parsed and with features. */
    Dataset<Row> of(Dataset<Row> records) {
        return records.selectExpr(RECORD.fieldNames()).map((MapFunction<Row, Row>) this, Encoders.row(SCHEMA));
    }

    /** Returns a row with a schema: Spark does not encode it for a function that follows, which needs the names. */
    @Override
    public Row call(Row record) {
        byte[] value = record.getAs("value");
        Instant received = record.getAs("timestamp");
        Object[] values = new Object[SCHEMA.length()];
        values[KEY] = record.getAs("key");
        values[VALUE] = value;
        values[RECEIVED] = received.toEpochMilli();
        values[ORIGIN] = header(record, Topics.ORIGIN);
        if (values[ORIGIN] == null) {
            String origin =
                    record.getAs("topic") + "-" + record.getAs("partition") + "@" + record.<Long>getAs("offset");
            values[ORIGIN] = origin.getBytes(StandardCharsets.UTF_8);
        }
        values[ATTEMPTS] = header(record, Topics.ATTEMPTS);
        Parsed parsed = format.parse(value, received);
        if (parsed instanceof Parsed.Accepted accepted) {
            addFeatures(accepted.payment(), values);
        } else if (parsed instanceof Parsed.Rejected rejected) {
            values[REASON] = rejected.reason();
        }
        return new GenericRowWithSchema(values, SCHEMA);
    }

    /** The value of the record's last header with this key; null if there is none, or if it has no value. */
    private static byte[] header(Row record, String key) {
        List<Row> headers = record.isNullAt(record.fieldIndex("headers"))
                ? List.of()
                : record.getList(record.fieldIndex("headers"));
        byte[] value = null;
        for (Row header : headers) {
            if (header.getString(0).equals(key)) {
                value = header.getAs(1);
            }
        }
        return value;
    }

    private void addFeatures(Payment payment, Object[] values) {
        Row columns = PaymentRow.of(payment);
        for (int i = 0; i < FEATURES; i++) {
            values[i] = columns.get(i);
        }
        Profiles nightly = ActiveModel.of(models).get().model().profiles();
        OnlineLookup known =
                new OnlineLookup(nightly, SharedFeatureStore.of(store).get(EntityKey.customer(payment.customer())));
        double[] features = Features.of(payment, known);
        for (int i = 1; i < features.length; i++) {
            values[FEATURES + i - 1] = features[i];
        }
        values[LOOKUP] = known.source(payment).toString();
    }
}
