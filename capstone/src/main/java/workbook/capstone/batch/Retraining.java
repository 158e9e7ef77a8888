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
import workbook.capstone.inference.Labelled;
import workbook.capstone.inference.Regression;
import workbook.capstone.spark.Lake;

/**
 * Learns anew from what the stream has scored and the bank has reported since, and says whether the new model is no
 * worse than the one in use. It learns from the features that were logged with the scores: the model sees in training
 * what it will see when it scores, and nothing that was not known at the time.
 *
 * <p>Of the payments whose truth is known, the older three quarters are learnt from. On the newest quarter both models
 * are compared, by their average precision: the new one's scores, and the scores that were given at the time.
 */
public final class Retraining {

    private static final double LEARN = 0.75;

    /** With fewer, in what is learnt from or compared on, chance decides. */
    private static final int LEAST_FRAUDS = 20;

    private Retraining() {}

    /**
     * What came of it.
     *
     * @param learnt payments learnt from
     * @param compared payments compared on
     * @param inUse the quality of the scores that were given
     * @param candidate the quality of the new model's
     * @param model the new model, if it is no worse
     */
    public record Result(int learnt, int compared, Quality inUse, Quality candidate, Optional<FraudModel> model) {}

    /** A payment of the lake, its truth known. */
    private record Known(Quality.Judged judged, Labelled labelled) {}

    /**
     * Runs it with what was known at that time.
     *
     * @param current the model whose look-ups the new one takes
     * @throws TooFewFraudsException if there is too little to learn from
     */
    public static Result run(SparkSession spark, Lake lake, FraudModel current, Instant asOf) {
        List<Known> known = known(spark, lake, asOf);
        int split = (int) (known.size() * LEARN);
        List<Known> older = known.subList(0, split);
        List<Known> newest = known.subList(split, known.size());
        requireFrauds(older);
        requireFrauds(newest);
        List<Labelled> examples = older.stream().map(Known::labelled).toList();
        Regression regression = Regression.fit(examples);
        Quality inUse = Quality.of(newest.stream().map(Known::judged).toList());
        Quality candidate = Quality.of(
                newest.stream().map(payment -> judge(payment, regression)).toList());
        Optional<FraudModel> model = candidate.averagePrecision() >= inUse.averagePrecision()
                ? Optional.of(current.retrained(regression, examples))
                : Optional.empty();
        return new Result(older.size(), newest.size(), inUse, candidate, model);
    }

    /** In order of their times. */
    private static List<Known> known(SparkSession spark, Lake lake, Instant asOf) {
        Dataset<Row> payments = Chargebacks.label(lake.read(spark, Lake.SILVER), lake.folder(), asOf)
                .where(col("features").isNotNull())
                .orderBy("time", "id")
                .select(to_date(col("time")), col("customer"), col("score"), col("fraud"), col("features"));
        List<Known> known = new ArrayList<>();
        payments.toLocalIterator().forEachRemaining(row -> {
            double[] features = row.<Double>getList(4).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            known.add(new Known(
                    new Quality.Judged(row.getAs(0), row.getInt(1), row.getDouble(2), row.getBoolean(3)),
                    new Labelled(features, row.getBoolean(3))));
        });
        return known;
    }

    private static Quality.Judged judge(Known payment, Regression regression) {
        Quality.Judged then = payment.judged();
        return new Quality.Judged(
                then.day(), then.customer(), regression.score(payment.labelled().features()), then.fraud());
    }

    private static void requireFrauds(List<Known> payments) {
        long frauds =
                payments.stream().filter(payment -> payment.labelled().fraud()).count();
        if (frauds < LEAST_FRAUDS) {
            throw new TooFewFraudsException(String.format(
                    "Of %,d payments whose truth is known, only %d are frauds, and"
                            + " %d are needed: let more payments flow.",
                    payments.size(), frauds, LEAST_FRAUDS));
        }
    }

    /** There is too little to learn from. Its message says how much. */
    public static final class TooFewFraudsException extends RuntimeException {
        TooFewFraudsException(String message) {
            super(message);
        }
    }
}
