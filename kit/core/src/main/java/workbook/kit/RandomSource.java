package workbook.kit;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Generates random numbers that depend only on the keys, not on the JDK: SplitMix64 (Steele, Lea, Flood 2014).
 *
 * <p>The JDK's generators do not specify how random bits become a double, a bounded integer or a Gaussian, and
 * {@link Math} does not specify the last bit of a logarithm. This class fixes both.
 */
final class RandomSource {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private RandomSource(long state) {
        this.state = state;
    }

    /** Returns the source of these keys; sources of different keys are independent. */
    static RandomSource of(long... keys) {
        long state = 0;
        for (long key : keys) {
            state = mix(state + key * GOLDEN_GAMMA);
        }
        return new RandomSource(state);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> 11) * 0x1p-53;
    }

    /** Uniform in [low, high). */
    double uniform(double low, double high) {
        return low + uniform() * (high - low);
    }

    /** Uniform among 0 to bound - 1. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** {@code count} different numbers among 0 to bound - 1, in the order drawn. */
    Set<Integer> distinct(int count, int bound) {
        Set<Integer> drawn = new LinkedHashSet<>();
        while (drawn.size() < count) {
            drawn.add(below(bound));
        }
        return drawn;
    }

    /** Normally distributed, by Marsaglia's polar method. */
    double gaussian(double mean, double deviation) {
        double u;
        double s;
        do {
            u = uniform(-1, 1);
            double v = uniform(-1, 1);
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        return mean + deviation * u * Math.sqrt(-2 * StrictMath.log(s) / s);
    }

    /** Poisson distributed, by Knuth's method: the time is proportional to the mean. */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        int events = 0;
        for (double product = uniform(); product > limit; product *= uniform()) {
            events++;
        }
        return events;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
