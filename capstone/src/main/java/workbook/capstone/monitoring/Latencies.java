package workbook.capstone.monitoring;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The measurements of a {@link Stopwatch}, in milliseconds.
 *
 * @param measured the number of measurements; if it is 0, all other values are 0
 * @param curve percentiles from 0 to below 100, with smaller steps towards 100
 */
public record Latencies(
        long measured, double p50, double p90, double p99, double p999, double max, List<Percentile> curve) {

    /** HdrHistogram's percentile ticks per half distance: steps for each halving of the distance to 100 %. */
    private static final int STEPS_PER_HALF = 5;

    /** A percentile, 0 to 100, and its value. */
    public record Percentile(double percentile, double ms) {}

    /** Reads a histogram of microseconds, which must not change meanwhile. */
    static Latencies of(Histogram micros) {
        List<Percentile> curve = new ArrayList<>();
        for (HistogramIterationValue step : micros.percentiles(STEPS_PER_HALF)) {
            if (step.getPercentileLevelIteratedTo() < 100) {
                curve.add(new Percentile(step.getPercentileLevelIteratedTo(), ms(step.getValueIteratedTo())));
            }
        }
        return new Latencies(
                micros.getTotalCount(),
                at(micros, 50),
                at(micros, 90),
                at(micros, 99),
                at(micros, 99.9),
                at(micros, 100),
                curve);
    }

    private static double at(Histogram micros, double percent) {
        return ms(micros.getValueAtPercentile(percent));
    }

    private static double ms(long micros) {
        return micros / 1_000.0;
    }
}
