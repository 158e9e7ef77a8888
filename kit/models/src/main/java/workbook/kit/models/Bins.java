package workbook.kit.models;

import java.util.Arrays;

/** Divides values into bins, to compare distributions. */
public final class Bins {

    private Bins() {}

    /**
     * Returns the limits of bins that have equal shares of the values: one more than bins, from minus infinity to plus
     * infinity. A bin's upper limit belongs to it, its lower limit does not.
     *
     * @param values at least as many as bins, in any order
     */
    public static double[] limits(double[] values, int bins) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        double[] limits = new double[bins + 1];
        for (int i = 1; i < bins; i++) {
            limits[i] = sorted[sorted.length * i / bins];
        }
        limits[0] = Double.NEGATIVE_INFINITY;
        limits[bins] = Double.POSITIVE_INFINITY;
        return limits;
    }
}
