package lesson03;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/**
 * Keeps the smallest and the largest reading so far apart and adds up only the readings between them. A single reading
 * is a series of one, so {@code reduce} and {@code merge} do the same, and merging an empty series changes nothing.
 */
public class TrimmedMean {

    public Aggregator<Double, ?, Double> aggregator() {
        return new Trimming();
    }

    /**
     * The buffer: up to two extreme readings, in order, and the number and the sum of the readings between them.
     * Encoders accept public classes only.
     */
    public record Series(double[] extremes, long between, double sum) implements Serializable {

        static Series of(double... readings) {
            return new Series(readings, 0, 0);
        }

        /** Merges two series: two of up to four extremes remain, and the others are added to the sum. */
        Series and(Series other) {
            double[] all = DoubleStream.concat(Arrays.stream(extremes), Arrays.stream(other.extremes))
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
