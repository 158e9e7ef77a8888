package workbook.capstone.batch;

/**
 * The drift of a feature since the model was trained: its population stability index over ten bins with equal shares of
 * the training week. Below 0.1 it is insignificant, above 0.25 the distribution has changed; index and rule of thumb
 * are from Siddiqi, <i>Credit Risk Scorecards</i>, 2006.
 *
 * @param feature the feature's name
 * @param index the population stability index, at least 0
 */
public record Drift(String feature, double index) {

    /** An empty bin would make the index infinite. */
    private static final double AT_LEAST = 1e-4;

    /** Computes the drift between two samples; neither may be empty. */
    public static Drift of(String feature, double[] before, double[] after) {
        Distribution expected = Distribution.of(before);
        double[] actual = expected.sharesOf(after);
        double index = 0;
        for (int i = 0; i < actual.length; i++) {
            index += part(Math.max(actual[i], AT_LEAST), Math.max(expected.shares()[i], AT_LEAST));
        }
        return new Drift(feature, index);
    }

    private static double part(double actual, double expected) {
        return (actual - expected) * Math.log(actual / expected);
    }
}
