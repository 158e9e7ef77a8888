package workbook.capstone.monitoring;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What a {@link Stopwatch} has measured, in milliseconds.
 *
 * @param measured how many times it speaks of; all others are 0 if there are none
 * @param curve of the percentiles from 0 up to below 100, closer together towards the end
 */
public record Latencies(
        long measured, double p50, double p90, double p99, double p999, double max, List<Percentile> curve) {

    /** HdrHistogram's own measure of detail: so many steps for each halving of the rest up to 100 %. */
    private static final int STEPS_PER_HALF = 5;

    /** This share of things, 0 to 100, took at the most so long. */
    public record Percentile(double percentile, double ms) {}

    /** Of a histogram of microseconds that nobody writes to. */
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
