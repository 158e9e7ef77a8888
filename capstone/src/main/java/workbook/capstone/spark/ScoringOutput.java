package workbook.capstone.spark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.format.Format;
import workbook.capstone.format.ScoredPayment;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.ServedModels;
import workbook.capstone.streaming.Topics;
import workbook.kit.Payment;

/**
 * Maps a row of {@link ScoringInput} that the brick {@link lesson07.ScorePayments} has scored to one or two records: a
 * score and perhaps an alert, or a dead letter.
 *
 * @param models that the brick scores with
 * @param columns of the scored rows
 * @param format of scores
 */
record ScoringOutput(ServedModels models, StructType columns, Format format) implements FlatMapFunction<Row, Row> {

    /** The input of Spark's Kafka sink: {@code key} and {@code value} binary, {@code topic}, {@code headers}. */
    static final StructType SCHEMA = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("headers", ScoringInput.HEADERS);

    private static final Row[] NO_HEADERS = {};

    /** Returns the records of scored rows. */
    static Dataset<Row> of(Dataset<Row> scored, ServedModels models, Format format) {
        FlatMapFunction<Row, Row> output = new ScoringOutput(models, scored.schema(), format);
        return scored.flatMap(output, Encoders.row(SCHEMA));
    }

    /** Where the brick is a function, Spark passes on the row that it returns, without encoding it; it has no schema. */
    @Override
    public Iterator<Row> call(Row row) {
        Object[] values = new Object[columns.length()];
        Arrays.setAll(values, row::get);
        Row named = new GenericRowWithSchema(values, columns);
        String reason = reason(named);
        return reason == null
                ? scored(named).iterator()
                : List.of(deadLetter(named, reason)).iterator();
    }

    private static String reason(Row row) {
        String reason = row.getAs("reason");
        String refused = row.getAs("refused");
        return reason == null && refused != null ? "not scored: " + refused : reason;
    }

    private List<Row> scored(Row row) {
        double[] features = features(row);
        ScoredPayment scored = new ScoredPayment(
                payment(row),
                row.getAs("score"),
                row.getAs("alert"),
                row.getAs("model"),
                OnlineLookup.Source.of(row.getAs("lookup")),
                features);
        byte[] key = bytes(Long.toString(scored.payment().id()));
        Row[] headers = row.getAs(Topics.ATTEMPTS) == null
                ? new Row[] {header(Topics.SENT, bytes(Long.toString(row.<Long>getAs("received"))))}
                : NO_HEADERS;
        Row score = RowFactory.create(key, format.write(scored), Topics.SCORES, headers);
        if (!scored.alert()) {
            return List.of(score);
        }
        byte[] alert = bytes(scored.toJson(models.load(scored.model()).reasons(features)));
        return List.of(score, RowFactory.create(key, alert, Topics.ALERTS, NO_HEADERS));
    }

    private static double[] features(Row row) {
        double[] features = new double[Features.NAMES.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = row.<Number>getAs(Features.NAMES.get(i)).doubleValue();
        }
        return features;
    }

    private static Payment payment(Row row) {
        return new Payment(
                row.getAs("id"), row.getAs("time"), row.getAs("customer"), row.getAs("terminal"), row.getAs("amount"));
    }

    /** A record that was a dead letter before keeps its first origin and the number of attempts. */
    private static Row deadLetter(Row row, String reason) {
        List<Row> headers = new ArrayList<>();
        headers.add(header(Topics.REASON, bytes(reason)));
        headers.add(header(Topics.ORIGIN, row.getAs(Topics.ORIGIN)));
        byte[] attempts = row.getAs(Topics.ATTEMPTS);
        if (attempts != null) {
            headers.add(header(Topics.ATTEMPTS, attempts));
        }
        return RowFactory.create(
                row.getAs("key"), row.getAs("value"), Topics.DEAD_LETTERS, headers.toArray(Row[]::new));
    }

    private static Row header(String key, byte[] value) {
        return RowFactory.create(key, value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
