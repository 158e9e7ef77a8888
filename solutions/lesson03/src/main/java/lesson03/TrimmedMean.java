package lesson03;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/**
 * Two readings are kept aside, the smallest and the largest so far; only those that are certainly in between are added
 * up. One more reading is a series of one, so that {@code reduce} and {@code merge} are the same thing, and the empty
 * series changes nothing.
 */
public class TrimmedMean {

    public Aggregator<Double, ?, Double> aggregator() {
        return new Trimming();
    }

    /**
     * What is known of a series of readings: its two ends, in order, or fewer; how many lie in between, and their sum.
     * Encoders take public classes only.
     */
    public record Series(double[] ends, long between, double sum) implements Serializable {

        static Series of(double... readings) {
            return new Series(readings, 0, 0);
        }

        /** Of up to four ends two remain; the others have turned out to lie in between. */
        Series and(Series other) {
            double[] all = DoubleStream.concat(Arrays.stream(ends), Arrays.stream(other.ends))
                    .sorted()
                    .toArray();
            int last = all.length - 1;
            if (last < 2) {
                return new Series(all, between + other.between, sum + other.sum);
            }
            double inner = Arrays.stream(all, 1, last).sum();
            return new Series(
                    new double[] {all[0], all[last]}, between + other.between + last - 1, sum + other.sum + inner);
        }
    }

    static class Trimming extends Aggregator<Double, Series, Double> {

        @Override
        public Series zero() {
            return Series.of();
        }

        @Override
        public Series reduce(Series series, Double reading) {
            return reading == null ? series : series.and(Series.of(reading));
        }

        @Override
        public Series merge(Series one, Series other) {
            return one.and(other);
        }

        @Override
        public Double finish(Series series) {
            return series.between() == 0 ? null : series.sum() / series.between();
        }

        @Override
        public Encoder<Series> bufferEncoder() {
            return Encoders.javaSerialization(Series.class);
        }

        @Override
        public Encoder<Double> outputEncoder() {
            return Encoders.DOUBLE();
        }
    }
}
