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
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.LabelledPayment;
import workbook.capstone.inference.Regression;
import workbook.capstone.spark.Lake;

/**
 * Learns anew from what the stream has scored and the bank has reported since, and says whether the new model is no
 * worse than the one in use. It learns from the features that were logged with the scores: the model sees in training
 * what it will see when it scores, and nothing that was not known at the time.
 *
 * <p>Of the payments whose truth is known, the older three quarters are trainedOn from. On the newest quarter both models
 * are evaluatedOn, by their average precision: the new one's scores, and the scores that were given at the time.
 */
public final class Retraining {

    private static final double TRAINING_SHARE = 0.75;

    /** With fewer, in what is trainedOn from or compared on, chance decides. */
    private static final int MIN_FRAUDS = 20;

    private Retraining() {}

    /**
     * What came of it.
     *
     * @param trainedOn payments trainedOn from
     * @param evaluatedOn payments compared on
     * @param inUse the quality of the scores that were given
     * @param candidate the quality of the new model's
     * @param model the new model, if it is no worse
     */
    public record Result(
            int trainedOn, int evaluatedOn, Quality inUse, Quality candidate, Optional<FraudModel> model) {}

    /** A payment of the lake, its truth known. */
    private record Example(Quality.LabelledScore score, LabelledPayment payment) {}

    /**
     * Runs it with what was known at that time.
     *
     * @param current the model whose look-ups the new one takes
     * @throws TooFewFraudsException if there is too little to learn from
     */
    public static Result run(SparkSession spark, Lake lake, FraudModel current, Instant asOf) {
        List<Example> known = known(spark, lake, asOf);
        int split = (int) (known.size() * TRAINING_SHARE);
        List<Example> older = known.subList(0, split);
        List<Example> newest = known.subList(split, known.size());
        requireFrauds(older);
        requireFrauds(newest);
        List<LabelledPayment> examples = older.stream().map(Example::payment).toList();
        Regression regression = Regression.fit(examples);
        Quality inUse = Quality.of(newest.stream().map(Example::score).toList());
        Quality candidate = Quality.of(
                newest.stream().map(example -> evaluate(example, regression)).toList());
        Optional<FraudModel> model = candidate.averagePrecision() >= inUse.averagePrecision()
                ? Optional.of(current.retrained(regression, examples))
                : Optional.empty();
        return new Result(older.size(), newest.size(), inUse, candidate, model);
    }

    /** In order of their times. */
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

    private static Quality.LabelledScore evaluate(Example example, Regression regression) {
        Quality.LabelledScore then = example.score();
        return new Quality.LabelledScore(
                then.day(), then.customer(), regression.score(example.payment().features()), then.fraud());
    }

    private static void requireFrauds(List<Example> examples) {
        long frauds =
                examples.stream().filter(example -> example.payment().fraud()).count();
        if (frauds < MIN_FRAUDS) {
            throw new TooFewFraudsException(String.format(
                    "Of %,d payments whose truth is known, only %d are frauds, and"
                            + " %d are needed: let more payments flow.",
                    examples.size(), frauds, MIN_FRAUDS));
        }
    }

    /** There is too little to learn from. Its message says how much. */
    public static final class TooFewFraudsException extends RuntimeException {
        TooFewFraudsException(String message) {
            super(message);
        }
    }
}
