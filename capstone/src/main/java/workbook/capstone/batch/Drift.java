package workbook.capstone.batch;

import java.util.Arrays;

/**
 * The drift of a feature since the model was trained: its population stability index over ten bins with equal shares of
 * the training week. Below 0.1 it is insignificant, above 0.25 the distribution has changed; index and rule of thumb
 * are from Siddiqi, <i>Credit Risk Scorecards</i>, 2006.
 *
 * @param feature the feature's name
 * @param index the population stability index, at least 0
 */
public record Drift(String feature, double index) {

    private static final int BINS = 10;
    /** An empty bin would make the index infinite. */
    private static final double AT_LEAST = 1e-4;

    /** Computes the drift between two samples; neither may be empty. */
    public static Drift of(String feature, double[] before, double[] after) {
        double[] edges = edges(before);
        double[] expected = shares(before, edges);
        double[] actual = shares(after, edges);
        double index = 0;
        for (int i = 0; i < expected.length; i++) {
            index += (actual[i] - expected[i]) * Math.log(actual[i] / expected[i]);
        }
        return new Drift(feature, index);
    }

    /** Returns the upper edges of all bins but the last. Bins with equal edges are merged. */
    private static double[] edges(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] edges = new double[BINS - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = sorted[(int) ((long) sorted.length * (i + 1) / BINS)];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static double[] shares(double[] values, double[] edges) {
        double[] shares = new double[edges.length + 1];
        for (double value : values) {
            int found = Arrays.binarySearch(edges, value);
            shares[found >= 0 ? found : -found - 1]++;
        }
        return Arrays.stream(shares)
                .map(count -> Math.max(count / values.length, AT_LEAST))
                .toArray();
    }
}
