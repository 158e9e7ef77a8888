package lesson07;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Two conditions make a point-in-time join: the feature holds for a moment at or before the payment, and it was written by
 * then. The left join keeps payments without a feature, and one {@code max_by} chooses a whole feature, so a payment is one
 * example. The labels have two times as well: only payments whose label can be known tonight are examples.
 */
public class TrainingSet {

    public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
        Dataset<Row> known = matured(payments, night).as("p").join(features.as("f"), isKnown(), "left");
        Dataset<Row> means = known.groupBy("p.id").agg(newest().as("mean"));
        Dataset<Row> frauds = frauds(labels, night);
        return means.join(frauds, means.col("id").equalTo(frauds.col("id")), "left")
                .select(
                        means.col("id"),
                        when(not(isnan(col("mean"))), col("mean")).as("mean"),
                        frauds.col("id").isNotNull().as("fraud"));
    }

    /** The payments whose label is known. */
    Dataset<Row> matured(Dataset<Row> payments, Instant night) {
        return payments.where(col("time").leq(lit(night.minus(Duration.ofDays(7)))));
    }

    /** Whether feature f was known when payment p was made. */
    Column isKnown() {
        return col("p.customer")
                .equalTo(col("f.customer"))
                .and(col("f.at").leq(col("p.time")))
                .and(col("f.known").leq(col("p.time")));
    }

    /** The mean of the newest feature of a payment. */
    Column newest() {
        return max_by(col("f.mean"), struct("f.at", "f.known"));
    }

    /** The ids of the frauds, each once. */
    Dataset<Row> frauds(Dataset<Row> labels, Instant night) {
        return labels.where(col("reported").leq(lit(night))).select("id").distinct();
    }
}
