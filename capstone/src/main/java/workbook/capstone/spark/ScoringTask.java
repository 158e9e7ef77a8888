package workbook.capstone.spark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import workbook.capstone.features.EntityKey;
import workbook.capstone.features.OnlineLookup;
import workbook.capstone.features.SharedFeatureStore;
import workbook.capstone.inference.ActiveModel;
import workbook.capstone.inference.Features;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.streaming.Parsed;
import workbook.capstone.streaming.PaymentParser;
import workbook.capstone.streaming.Topics;
import workbook.kit.Payment;

/**
 * One task of the {@link ScoringJob}: maps each record of its partition to one or two output records, with the model
 * active at that moment. It is lazy, as real-time mode requires: it returns a record's results before it reads the next
 * record.
 */
final class ScoringTask implements Iterator<Row> {

    /** The input of Spark's Kafka sink: {@code key} and {@code value} binary, {@code topic}, {@code headers}. */
    static final StructType OUTPUT = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add(
                    "headers",
                    DataTypes.createArrayType(
                            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType)));

    private static final Row[] NO_HEADERS = {};

    private final PaymentParser parser = new PaymentParser();
    private final ActiveModel models;
    private final SharedFeatureStore store;
    private final Iterator<Row> records;
    private final Queue<Row> results = new ArrayDeque<>(2);

    ScoringTask(String models, String store, Iterator<Row> records) {
        this.models = ActiveModel.of(Path.of(models));
        this.store = SharedFeatureStore.of(store);
        this.records = records;
    }

    @Override
    public boolean hasNext() {
        return !results.isEmpty() || records.hasNext();
    }

    @Override
    public Row next() {
        if (results.isEmpty()) {
            if (!records.hasNext()) {
                throw new NoSuchElementException();
            }
            process(records.next());
        }
        return results.remove();
    }

    private void process(Row record) {
        byte[] value = record.getAs("value");
        Instant received = record.getAs("timestamp");
        Parsed parsed = parser.parse(value, received);
        if (parsed instanceof Parsed.Accepted accepted) {
            score(accepted.payment(), received);
        } else if (parsed instanceof Parsed.Rejected rejected) {
            results.add(deadLetter(record, value, rejected.reason()));
        }
    }

    private void score(Payment payment, Instant sent) {
        ActiveModel.Named inUse = models.get();
        FraudModel model = inUse.model();
        OnlineLookup known = new OnlineLookup(model.profiles(), store.get(EntityKey.customer(payment.customer())));
        double[] features = Features.of(payment, known);
        double score = model.score(features);
        byte[] key = bytes(Long.toString(payment.id()));
        ScoredPayment scored =
                new ScoredPayment(payment, score, model.isAlert(score), inUse.name(), known.source(payment), features);
        Row[] headers = {header(Topics.SENT, Long.toString(sent.toEpochMilli()))};
        results.add(RowFactory.create(key, bytes(scored.toJson()), Topics.SCORES, headers));
        if (scored.alert()) {
            byte[] alert = bytes(scored.toJson(model.reasons(features)));
            results.add(RowFactory.create(key, alert, Topics.ALERTS, NO_HEADERS));
        }
    }

    private static Row deadLetter(Row record, byte[] value, String reason) {
        String origin = record.getAs("topic") + "-" + record.getAs("partition") + "@" + record.getAs("offset");
        Row[] headers = {header(Topics.REASON, reason), header(Topics.ORIGIN, origin)};
        return RowFactory.create(record.getAs("key"), value, Topics.DEAD_LETTERS, headers);
    }

    private static Row header(String key, String value) {
        return RowFactory.create(key, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
