package workbook.capstone.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.features.EntityKey;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.inference.ActiveModel;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.Profiles;
import workbook.capstone.streaming.Parsed;
import workbook.capstone.streaming.PaymentParser;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

/**
 * Parses a record and looks up the features of its payment: the input of the brick {@link lesson07.ScorePayments}.
 *
 * @param models the folder of the {@link workbook.capstone.inference.ModelRegistry}
 * @param store the URL of the online store
 */
record ScoringInput(String models, String store) implements MapFunction<Row, Row> {

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
     * The payment's columns; its other {@link Features}, double; {@code lookup} string, as in {@link ScoredPayment}; the
     * record's columns, as {@link #RECORD} describes them; {@code reason} string, why it is not a payment. Without a
     * payment its columns, features and {@code lookup} are null, with one {@code reason}.
     */
    static final StructType SCHEMA = schema();

    private static final int FEATURES = PaymentRow.SCHEMA.length();
    private static final int LOOKUP = FEATURES + Features.NAMES.size() - 1;
    private static final int REASON = LOOKUP + RECORD.length() + 1;

    private static final PaymentParser PARSER = new PaymentParser();

    private static StructType schema() {
        StructType schema = PaymentRow.SCHEMA;
        for (String feature : Features.NAMES.subList(1, Features.NAMES.size())) { // the first is the amount
            schema = schema.add(feature, DataTypes.DoubleType);
        }
        schema = schema.add("lookup", DataTypes.StringType);
        for (StructField column : RECORD.fields()) {
            schema = schema.add(column);
        }
        return schema.add("reason", DataTypes.StringType);
    }

    /** Returns records parsed and with features. */
    Dataset<Row> of(Dataset<Row> records) {
        return records.selectExpr(RECORD.fieldNames())
                .map((MapFunction<Row, Row>) this, Encoders.row(SCHEMA))
                // Without a projection Spark passes these rows, which have no column names, to the next function.
                .withColumn("origin", concat_ws("", col("topic"), lit("-"), col("partition"), lit("@"), col("offset")));
    }

    @Override
    public Row call(Row record) {
        Object[] values = new Object[SCHEMA.length()];
        for (int i = 0; i < RECORD.length(); i++) {
            values[LOOKUP + 1 + i] = record.get(i);
        }
        Parsed parsed = PARSER.parse(record.getAs("value"), record.getAs("timestamp"));
        if (parsed instanceof Parsed.Accepted accepted) {
            addFeatures(accepted.payment(), values);
        } else if (parsed instanceof Parsed.Rejected rejected) {
            values[REASON] = rejected.reason();
        }
        return RowFactory.create(values);
    }

    private void addFeatures(Payment payment, Object[] values) {
        Row columns = PaymentRow.of(payment);
        for (int i = 0; i < FEATURES; i++) {
            values[i] = columns.get(i);
        }
        Profiles nightly = ActiveModel.of(Path.of(models)).get().model().profiles();
        OnlineLookup known =
                new OnlineLookup(nightly, SharedFeatureStore.of(store).get(EntityKey.customer(payment.customer())));
        double[] features = Features.of(payment, known);
        for (int i = 1; i < features.length; i++) {
            values[FEATURES + i - 1] = features[i];
        }
        values[LOOKUP] = known.source(payment).toString();
    }
}
