package lesson03;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link TrimmedMean} that people really give. */
public final class TrimmedMeanMisconceptions {

    private TrimmedMeanMisconceptions() {}

    @Misconception(
            believed = "Count, sum, smallest and largest are enough: subtract the two from the sum at the end.",
            really = "With exact numbers they are. A double has sixteen digits: after adding 1e18, the digits "
                    + "of twenty degrees are lost, and subtracting 1e18 does not restore them. A reading that "
                    + "is left out must never be added.",
            concept = "Floating point")
    public static class SubtractsTheExtremes extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Subtracting(new Sums(0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        }
    }

    @Misconception(
            believed = "zero is a buffer full of zeros.",
            really = "It is the buffer that changes nothing when merged. A smallest reading of zero degrees "
                    + "remains the smallest of every roof in summer, and a largest of zero degrees the largest "
                    + "of every cold store. Spark merges zero buffers often.",
            concept = "Aggregation")
    public static class StartsAtZeroDegrees extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Subtracting(new Sums(0, 0, 0, 0));
        }
    }

    @Misconception(
            believed = "The largest so far starts at Double.MIN_VALUE, below every reading.",
            really = "Double.MIN_VALUE is the smallest number above zero. In a cold store no reading ever "
                    + "exceeds it. NEGATIVE_INFINITY is below every double.",
            concept = "Floating point")
    public static class StartsAtDoubleMinValue extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Subtracting(new Sums(0, 0, Double.MAX_VALUE, Double.MIN_VALUE));
        }
    }

    @Misconception(
            believed = "A new smallest reading replaces the old one, and nothing else changes.",
            really = "The old one was left out only while it was the smallest. Now it lies between the two "
                    + "extremes and counts.",
            concept = "Aggregation")
    public static class DropsTheReplacedExtreme extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series reduce(Series series, Double reading) {
                    Series all = super.reduce(series, reading);
                    return series.extremes().length < 2
                                    || all.extremes()[0] == series.extremes()[0]
                                            && all.extremes()[1] == series.extremes()[1]
                            ? all
                            : new Series(all.extremes(), series.between(), series.sum());
                }
            };
        }
    }

    @Misconception(
            believed = "merge is for clusters; here its other buffer is empty, if it is called at all.",
            really = "Each partition, and on a stream each batch, has its own buffer, and merge combines them. "
                    + "Returning one of the two drops all readings of the other.",
            concept = "Aggregation")
    public static class MergeDropsOneBuffer extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series merge(Series one, Series other) {
                    return other.between() > 0 || other.extremes().length > 0 ? other : one;
                }
            };
        }
    }

    @Misconception(
            believed =
                    "Each partition leaves out its smallest and its largest reading, and merge adds up the " + "rest.",
            really = "Then two readings of each partition are missing, and the mean depends on the "
                    + "distribution of the rows. The largest reading of a partition may be an ordinary reading "
                    + "of the whole.",
            concept = "Aggregation")
    public static class TrimsEachPartition extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series merge(Series one, Series other) {
                    return new Series(
                            one.and(other).extremes(), one.between() + other.between(), one.sum() + other.sum());
                }
            };
        }
    }

    @Misconception(
            believed = "Keep all readings and sort them at the end.",
            really = "The result is right, until a sensor has a few million readings. On a stream the list is "
                    + "state that grows forever. Spark reads and writes it in every batch, and it must fit into "
                    + "one row.",
            concept = "Aggregation")
    public static class KeepsAllReadings extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Collecting(ArrayList::new);
        }
    }

    @Misconception(
            believed = "A sorted set has the smallest reading first and the largest last.",
            really = "A set contains each value once. Ten readings of twenty degrees count as one, and the "
                    + "mean is wrong.",
            concept = "Deduplication")
    public static class DropsEqualReadings extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Collecting(TreeSet::new);
        }
    }

    @Misconception(
            believed = "Division by zero throws, so the mistake would be visible.",
            really = "For integers it throws. For doubles 0.0 / 0 is NaN, which is not null. Spark sorts NaN "
                    + "above all other numbers, and every sum with it is NaN.",
            concept = "Floating point")
    public static class DividesByZero extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Double finish(Series series) {
                    return series.sum() / series.between();
                }
            };
        }
    }

    @Misconception(
            believed = "A missing value is zero.",
            really = "Null means unknown. Zero degrees is a reading, and a cold one: it is the smallest, or it "
                    + "lowers the mean.",
            concept = "Nulls")
    public static class CountsNullAsZero extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series reduce(Series series, Double reading) {
                    return super.reduce(series, reading == null ? 0.0 : reading);
                }
            };
        }
    }

    @Misconception(
            believed = "A float has seven digits, more than a thermometer.",
            really = "It has seven of the sum, too. 20.1 is off by four ten-millionths, and the error grows with each "
                    + "reading that is added. Add doubles; round when you show them.",
            concept = "Floating point")
    public static class AddsFloats extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series reduce(Series series, Double reading) {
                    return super.reduce(series, reading == null ? null : (double) reading.floatValue());
                }
            };
        }
    }

    /** Encoders accept public classes only. */
    public record Sums(long count, double sum, double min, double max) implements Serializable {
        Sums and(Sums other) {
            return new Sums(count + other.count, sum + other.sum, Math.min(min, other.min), Math.max(max, other.max));
        }
    }

    private static final class Subtracting extends Aggregator<Double, Sums, Double> {
        private final Sums zero;

        Subtracting(Sums zero) {
            this.zero = zero;
        }

        @Override
        public Sums zero() {
            return zero;
        }

        @Override
        public Sums reduce(Sums sums, Double reading) {
            return reading == null ? sums : sums.and(new Sums(1, reading, reading, reading));
        }

        @Override
        public Sums merge(Sums one, Sums other) {
            return one.and(other);
        }

        @Override
        public Double finish(Sums sums) {
            return sums.count < 3 ? null : (sums.sum - sums.min - sums.max) / (sums.count - 2);
        }

        @Override
        public Encoder<Sums> bufferEncoder() {
            return Encoders.javaSerialization(Sums.class);
        }

        @Override
        public Encoder<Double> outputEncoder() {
            return Encoders.DOUBLE();
        }
    }

    /** Keeps the readings in a collection. */
    private static final class Collecting extends Aggregator<Double, Collection<Double>, Double> {

        private interface Empty extends Supplier<Collection<Double>>, Serializable {}

        private final Empty empty;

        Collecting(Empty empty) {
            this.empty = empty;
        }

        @Override
        public Collection<Double> zero() {
            return empty.get();
        }

        @Override
        public Collection<Double> reduce(Collection<Double> readings, Double reading) {
            if (reading != null) {
                readings.add(reading);
            }
            return readings;
        }

        @Override
        public Collection<Double> merge(Collection<Double> one, Collection<Double> other) {
            one.addAll(other);
            return one;
        }

        @Override
        public Double finish(Collection<Double> readings) {
            var sorted = new ArrayList<>(readings);
            Collections.sort(sorted);
            return sorted.size() < 3
                    ? null
                    : sorted.subList(1, sorted.size() - 1).stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow();
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Encoder<Collection<Double>> bufferEncoder() {
            return (Encoder) Encoders.javaSerialization(Collection.class);
        }

        @Override
        public Encoder<Double> outputEncoder() {
            return Encoders.DOUBLE();
        }
    }
}
