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
            really =
                    "In numbers on paper they are. A double has sixteen digits, and once 1e18 has been added, those of twenty"
                            + " degrees are gone; subtracting 1e18 does not bring them back. What is to leave no trace must never be"
                            + " added.",
            concept = "Floating point")
    public static class SubtractsTheEnds extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Subtracting(new Sums(0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        }
    }

    @Misconception(
            believed = "zero is a buffer full of zeros.",
            really =
                    "It is the buffer that changes nothing when it is merged. Zero degrees as the smallest so far stays the"
                            + " smallest of every roof in summer, and the largest of every cold store. And Spark merges zeros freely.",
            concept = "Aggregation")
    public static class StartsAtZeroDegrees extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Subtracting(new Sums(0, 0, 0, 0));
        }
    }

    @Misconception(
            believed = "The largest so far begins at Double.MIN_VALUE, below every reading.",
            really =
                    "Double.MIN_VALUE is the smallest number above zero. In a cold store no reading ever exceeds it. What lies"
                            + " below every double is NEGATIVE_INFINITY.",
            concept = "Floating point")
    public static class BeginsAtTheSmallestPositive extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Subtracting(new Sums(0, 0, Double.MAX_VALUE, Double.MIN_VALUE));
        }
    }

    @Misconception(
            believed = "A new smallest takes the place of the old one, and that is that.",
            really = "The old one was left out as long as it was the smallest. Now it lies in between, and counts.",
            concept = "Aggregation")
    public static class LosesTheEndThatIsReplaced extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series reduce(Series series, Double reading) {
                    Series all = super.reduce(series, reading);
                    return series.ends().length < 2
                                    || all.ends()[0] == series.ends()[0] && all.ends()[1] == series.ends()[1]
                            ? all
                            : new Series(all.ends(), series.between(), series.sum());
                }
            };
        }
    }

    @Misconception(
            believed = "merge is for clusters: here it is called with an empty buffer, if at all.",
            really =
                    "Each partition, and on a stream each batch, has a buffer of its own, and merge makes one of them. Who"
                            + " returns one of the two forgets whatever the other has seen.",
            concept = "Aggregation")
    public static class ForgetsOneSide extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series merge(Series one, Series other) {
                    return other.between() > 0 || other.ends().length > 0 ? other : one;
                }
            };
        }
    }

    @Misconception(
            believed = "Each part leaves out its smallest and its largest, and merge adds up the rest.",
            really =
                    "Then two readings are missing for each part, however ordinary they were, and the mean depends on how rows"
                            + " were shared out. An end of one part may lie in the middle of the whole.",
            concept = "Aggregation")
    public static class TrimsEveryPart extends TrimmedMean implements Serializable {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Trimming() {
                @Override
                public Series merge(Series one, Series other) {
                    return new Series(one.and(other).ends(), one.between() + other.between(), one.sum() + other.sum());
                }
            };
        }
    }

    @Misconception(
            believed = "Keep all readings, sort them at the end.",
            really =
                    "That is right, and works until a sensor has a few million of them. On a stream the list is state that grows"
                            + " for ever, is read and written again with every batch, and must fit into a row.",
            concept = "Aggregation")
    public static class KeepsAllReadings extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Collecting(ArrayList::new);
        }
    }

    @Misconception(
            believed = "A sorted set has the smallest first and the largest last.",
            really =
                    "A set has each value once. Ten readings of twenty degrees weigh as much as one, and the mean moves away"
                            + " from where most readings were.",
            concept = "Deduplication")
    public static class TakesEqualReadingsForOne extends TrimmedMean {
        @Override
        public Aggregator<Double, ?, Double> aggregator() {
            return new Collecting(TreeSet::new);
        }
    }

    @Misconception(
            believed = "Dividing by nothing throws, so I would have seen it.",
            really =
                    "For whole numbers it does. For doubles 0.0 / 0 is NaN, a number that is not null, that Spark sorts above"
                            + " all others, and that makes NaN of every sum it gets into.",
            concept = "Floating point")
    public static class DividesByNothing extends TrimmedMean implements Serializable {
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
            believed = "Where there is no value, it is zero.",
            really =
                    "Null says that nobody knows. Zero degrees is a reading, and a cold one: it is the smallest, or it pulls the"
                            + " mean down.",
            concept = "Nulls")
    public static class TakesNullForZeroDegrees extends TrimmedMean implements Serializable {
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

    /** Encoders take public classes only. */
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
