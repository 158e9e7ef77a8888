package workbook.capstone.batch;

import java.util.Arrays;

/**
 * The distribution of a sample, in at most ten bins with equal shares of it.
 *
 * @param edges the upper edges of all bins but the last, in ascending order; bins with equal edges are merged
 * @param shares the share of each bin, from 0 to 1: one more than edges
 */
record Distribution(double[] edges, double[] shares) {

    private static final int BINS = 10;

    /** Computes the distribution of these values, of which there is at least one. */
    static Distribution of(double[] values) {
        double[] edges = edges(values);
        return new Distribution(edges, shares(values, edges));
    }

    /** Returns the share of each bin in another sample. */
    double[] sharesOf(double[] values) {
        return shares(values, edges);
    }

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
        return Arrays.stream(shares).map(count -> count / values.length).toArray();
    }
}
