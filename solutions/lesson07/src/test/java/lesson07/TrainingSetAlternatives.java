package lesson07;

import static org.apache.spark.sql.functions.col;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class TrainingSetAlternatives {

    /** A lateral subquery finds each payment's feature. */
    public static class InSql extends TrainingSet {
        @Override
        public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
            payments.createOrReplaceTempView("made");
            features.createOrReplaceTempView("features");
            labels.createOrReplaceTempView("labels");
            return payments.sparkSession().sql("""
                    WITH known AS (
                      SELECT p.id, f.mean, row_number() OVER (PARTITION BY p.id ORDER BY f.at DESC, f.known DESC) AS place
                      FROM made p LEFT JOIN features f ON p.customer = f.customer AND greatest(f.at, f.known) <= p.time
                        AND f.at IS NOT NULL AND f.known IS NOT NULL
                      WHERE p.time <= TIMESTAMP '%1$s' - INTERVAL 168 HOURS)
                    SELECT id, CASE WHEN mean = double('NaN') THEN NULL ELSE mean END AS mean,
                      id IN (SELECT id FROM labels WHERE id IS NOT NULL AND reported <= TIMESTAMP '%1$s') AS fraud
                    FROM known WHERE place = 1""".formatted(night));
        }
    }

    /** In loops on the driver. */
    public static class InLoops extends TrainingSet {
        @Override
        public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
            Set<Object> frauds = new HashSet<>();
            for (Row label : labels.na().drop().collectAsList()) {
                if (!label.getInstant(1).isAfter(night)) {
                    frauds.add(label.get(0));
                }
            }
            Map<Object, List<Row>> byCustomer = new HashMap<>();
            for (Row feature :
                    features.na().drop(new String[] {"customer", "at", "known"}).collectAsList()) {
                byCustomer
                        .computeIfAbsent(feature.get(0), any -> new ArrayList<>())
                        .add(feature);
            }
            List<Row> examples = new ArrayList<>();
            for (Row payment : payments.where("time is not null").collectAsList()) {
                if (Duration.between(payment.getInstant(1), night).compareTo(Duration.ofDays(7)) >= 0) {
                    Row newest = null;
                    for (Row feature : byCustomer.getOrDefault(payment.get(2), List.of())) {
                        boolean isKnown = !feature.getInstant(1).isAfter(payment.getInstant(1))
                                && !feature.getInstant(2).isAfter(payment.getInstant(1));
                        newest = isKnown && (newest == null || isNewer(feature, newest)) ? feature : newest;
                    }
                    boolean hasMean = newest != null && !newest.isNullAt(3) && !Double.isNaN(newest.getDouble(3));
                    examples.add(RowFactory.create(
                            payment.get(0), hasMean ? newest.getDouble(3) : null, frauds.contains(payment.get(0))));
                }
            }
            return payments.sparkSession()
                    .createDataFrame(examples, StructType.fromDDL("id BIGINT, mean DOUBLE, fraud BOOLEAN"));
        }

        private static boolean isNewer(Row one, Row other) {
            int order = one.getInstant(1).compareTo(other.getInstant(1));
            return order > 0 || order == 0 && one.getInstant(2).isAfter(other.getInstant(2));
        }
    }

    public static class Learnt extends TrainingSet {
        @Override
        public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
            return super.examples(payments.where(col("id").between(1, 6)), features, labels, night);
        }
    }
}
