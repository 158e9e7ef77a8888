package workbook.capstone.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.capstone.inference.Algorithm;
import workbook.capstone.inference.Classifier;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.LabelledPayment;
import workbook.capstone.spark.Lake;

/**
 * Trains a new regression on the scored payments with known labels, and compares it with the active one. It trains on
 * the features logged with the scores, so training and scoring have the same input, without data that was unknown at
 * the time.
 *
 * <p>The older three quarters of the payments are training data. The newest quarter is test data: it compares the new
 * model's scores with the logged ones by average precision.
 */
public final class Retraining {

    private static final double TRAINING_SHARE = 0.75;

    /** With fewer frauds in the training or test data, the comparison is random. */
    private static final int MIN_FRAUDS = 20;

    private Retraining() {}

    /**
     * The result of the comparison.
     *
     * @param trainedOn number of payments in the training data
     * @param evaluatedOn number of payments in the test data
     * @param active quality of the logged scores
     * @param candidate quality of the new model's scores
     * @param model the new model, if it is at least as good
     */
    public record Result(
            int trainedOn, int evaluatedOn, Quality active, Quality candidate, Optional<FraudModel> model) {}

    /** A payment of the lake with its label. */
    private record Example(Quality.LabelledScore score, LabelledPayment payment) {}

    /**
     * Runs the training with the labels known at that time.
     *
     * @param current the model whose profiles the new one keeps
     * @throws TooFewFraudsException if there are too few frauds
     */
    public static Result run(SparkSession spark, Lake lake, FraudModel current, Instant asOf) {
        List<Example> known = known(spark, lake, asOf);
        int split = (int) (known.size() * TRAINING_SHARE);
        List<Example> older = known.subList(0, split);
        List<Example> newest = known.subList(split, known.size());
        requireFrauds(older);
        requireFrauds(newest);
        List<LabelledPayment> examples = older.stream().map(Example::payment).toList();
        Classifier classifier = Algorithm.REGRESSION.train(examples);
        Quality active = Quality.of(newest.stream().map(Example::score).toList());
        Quality candidate = Quality.of(
                newest.stream().map(example -> evaluate(example, classifier)).toList());
        Optional<FraudModel> model = candidate.averagePrecision() >= active.averagePrecision()
                ? Optional.of(current.retrained(classifier, examples))
                : Optional.empty();
        return new Result(older.size(), newest.size(), active, candidate, model);
    }

    /** Returns the labelled payments in order of event time. */
    private static List<Example> known(SparkSession spark, Lake lake, Instant asOf) {
        Dataset<Row> payments = Chargebacks.label(lake.read(spark, Lake.SILVER), lake.folder(), asOf)
                .where(col("features").isNotNull())
                .orderBy("time", "id")
                .select(to_date(col("time")), col("customer"), col("score"), col("fraud"), col("features"));
        List<Example> known = new ArrayList<>();
        payments.toLocalIterator().forEachRemaining(row -> {
            double[] features = row.<Double>getList(4).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            known.add(new Example(
                    new Quality.LabelledScore(row.getAs(0), row.getInt(1), row.getDouble(2), row.getBoolean(3)),
                    new LabelledPayment(features, row.getBoolean(3))));
        });
        return known;
    }

    private static Quality.LabelledScore evaluate(Example example, Classifier classifier) {
        Quality.LabelledScore then = example.score();
        return new Quality.LabelledScore(
                then.day(), then.customer(), classifier.score(example.payment().features()), then.fraud());
    }

    private static void requireFrauds(List<Example> examples) {
        long frauds =
                examples.stream().filter(example -> example.payment().fraud()).count();
        if (frauds < MIN_FRAUDS) {
            throw new TooFewFraudsException(String.format(
                    "Of %,d payments with known labels, only %d are frauds, and %d are needed. Send more payments.",
                    examples.size(), frauds, MIN_FRAUDS));
        }
    }

    /** Thrown when there are too few frauds to train on. */
    public static final class TooFewFraudsException extends RuntimeException {
        TooFewFraudsException(String message) {
            super(message);
        }
    }
}
