package workbook.kit;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long two pieces of work took, as medians of runs that alternate in this JVM. Only their ratio says something about
 * another machine, and that only roughly.
 *
 * @param first the median of the first one, in milliseconds
 * @param second the median of the other one, in milliseconds
 */
public record Stopwatch(double first, double second) {

    /** Work that is timed. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private static final int WARM_UP = 2;

    /** Runs both pieces alternately, twice to warm up and then so many times. */
    public static Stopwatch alternately(int rounds, Work first, Work second) throws Exception {
        double[] firsts = new double[rounds];
        double[] seconds = new double[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            double one = millis(first);
            double other = millis(second);
            if (round >= 0) {
                firsts[round] = one;
                seconds[round] = other;
            }
        }
        return new Stopwatch(median(firsts), median(seconds));
    }

    /** How many times as long as the second one the first one took. */
    public double ratio() {
        return first / second;
    }

    private static double millis(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] numbers) {
        Arrays.sort(numbers);
        return (numbers[(numbers.length - 1) / 2] + numbers[numbers.length / 2]) / 2;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f ms and %.0f ms, %.1f times as fast", first, second, ratio());
    }
}
