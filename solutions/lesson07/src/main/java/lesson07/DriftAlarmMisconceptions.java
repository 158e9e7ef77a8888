package lesson07;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link DriftAlarm} that people really give. */
public final class DriftAlarmMisconceptions {

    private DriftAlarmMisconceptions() {}

    @Misconception(
            believed = "A bin without payments adds nothing to the index: leave it out.",
            really =
                    "It is the strongest sign of all: what was expected does not happen any more. Only its logarithm is"
                            + " infinite, so the share is replaced by a small one.",
            concept = "Measuring drift")
    public static class LeavesEmptyBinsOut extends DriftAlarm {
        @Override
        Column part(Column actual, Column expected) {
            return when(actual.gt(0.0001).and(expected.gt(0.0001)), super.part(actual, expected))
                    .otherwise(0.0);
        }
    }

    @Misconception(
            believed = "Add a little to every share, and no logarithm is infinite.",
            really = "It also changes the bins that are not empty, and shares that were equal to the expected ones no"
                    + " longer are. Only a share that is less than the least one is replaced by it.",
            concept = "Measuring drift")
    public static class AddsALittle extends DriftAlarm {
        @Override
        Column atLeast(Column share) {
            return share.plus(0.0001);
        }
    }

    @Misconception(
            believed = "An expected share of zero is a fact, only the day's share needs the least value.",
            really =
                    "Dividing by it is an error, or infinite, as soon as one payment is in that bin: on the very day that"
                            + " something new appears. Both shares need it.",
            concept = "Measuring drift")
    public static class TrustsExpectedShares extends DriftAlarm {
        @Override
        Column expected(double share) {
            return lit(share);
        }
    }

    @Misconception(
            believed = "The index is the relative entropy: the sum of a · ln(a / e).",
            really =
                    "That is one half of it. It is not the same from both sides, and depends on what is called expected."
                            + " The stability index adds the other direction: (a − e) · ln(a / e).",
            concept = "Measuring drift")
    public static class TakesTheRelativeEntropy extends DriftAlarm {
        @Override
        Column part(Column actual, Column expected) {
            return actual.multiply(ln(actual.divide(expected)));
        }
    }

    @Misconception(
            believed = "Any logarithm will do: it is only a unit.",
            really =
                    "The limits 0.1 and 0.25 belong to the natural one. With base 2 the index is 1.44 times as large, and"
                            + " quiet days raise an alarm.",
            concept = "Measuring drift")
    public static class TakesTheBinaryLogarithm extends DriftAlarm {
        @Override
        Column part(Column actual, Column expected) {
            return actual.minus(expected).multiply(log2(actual.divide(expected)));
        }
    }

    @Misconception(
            believed = "A feature has drifted if its mean is another one.",
            really =
                    "Two very different distributions may have the same mean: all payments in the middle, or half of them"
                            + " at each end. The index compares the shares.",
            concept = "Measuring drift")
    public static class ComparesMeans extends DriftAlarm {
        @Override
        List<Column> counts(double[] edges, int bins) {
            List<Column> counts = super.counts(edges, bins);
            counts.add(avg(when(not(isnan(col("value"))), col("value"))).as("mean"));
            return counts;
        }

        @Override
        Column moved(double[] edges) {
            Column isInTheMiddle = col("mean").gt(edges[0]).and(col("mean").leq(edges[edges.length - 1]));
            return when(col("psi").isNotNull(), not(isInTheMiddle));
        }
    }

    @Misconception(
            believed = "Infinity is not a number, so the value is missing.",
            really =
                    "It is a value beyond all edges, for example a quotient whose divisor was zero, and it can be compared:"
                            + " the first bin begins at minus infinity, and the last has no end.",
            concept = "Floating point")
    public static class CountsInfinityAsMissing extends DriftAlarm {
        @Override
        Column bin(double[] edges) {
            return when(abs(col("value")).equalTo(Double.POSITIVE_INFINITY), edges.length + 1)
                    .otherwise(super.bin(edges));
        }
    }

    @Misconception(
            believed = "What is above the last edge is an outlier and in no bin.",
            really =
                    "Then nobody sees what has drifted most: values that were rare in training, or never there. The last"
                            + " bin has no end.",
            concept = "Measuring drift")
    public static class LeavesLargeValuesOut extends DriftAlarm {
        @Override
        Dataset<Row> byDay(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            Column isLarge = col("value").gt(edges[edges.length - 1]).and(not(isnan(col("value"))));
            return super.byDay(payments.where(coalesce(not(isLarge), lit(true))), edges, expected, least);
        }
    }

    @Misconception(
            believed = "A missing value says nothing about the distribution: leave it out.",
            really =
                    "Missing values have a share, too, and when it rises, a sender has changed something. That is the most"
                            + " frequent drift of all, and the others' shares do not show it.",
            concept = "Nulls")
    public static class LeavesMissingValuesOut extends DriftAlarm {
        @Override
        public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            return super.alarms(payments.where("value is not null and not isnan(value)"), edges, expected, least);
        }
    }

    @Misconception(
            believed = "The missing values are the nulls.",
            really =
                    "NaN is missing, too. Spark sorts it above all numbers, so it is in the last bin, among the largest"
                            + " values.",
            concept = "Floating point")
    public static class CountsNanAsLarge extends DriftAlarm {
        @Override
        Column bin(double[] edges) {
            return when(col("value").isNotNull().and(isnan(col("value"))), edges.length)
                    .otherwise(super.bin(edges));
        }
    }

    @Misconception(
            believed = "A bin begins with its edge, like a window with its start.",
            really = "These edges are upper ones: a value that is equal to one belongs to the bin below. Prices lie on"
                    + " edges, since many amounts are round, so whole bins change.",
            concept = "Measuring drift")
    public static class BeginsBinsWithTheirEdge extends DriftAlarm {
        @Override
        Column bin(double[] edges) {
            double[] before = Arrays.stream(edges).map(Math::nextDown).toArray();
            return super.bin(before);
        }
    }

    @Misconception(
            believed = "A day is a day, however many payments it has.",
            really =
                    "With a few payments most bins are empty by chance, and the index is large: every holiday raises an"
                            + " alarm. Below a number of payments there is no index.",
            concept = "Measuring drift")
    public static class JudgesAFewPayments extends DriftAlarm {
        @Override
        public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            return super.alarms(payments, edges, expected, 1);
        }
    }

    @Misconception(
            believed = "A day with too few payments has not moved: false.",
            really = "It is not known whether it has. A false looks like a day that was checked and is fine.",
            concept = "Nulls")
    public static class SaysFalseForUnknown extends DriftAlarm {
        @Override
        Column moved(double[] edges) {
            return col("psi").isNotNull().and(super.moved(edges));
        }
    }

    @Misconception(
            believed = "From 0.1 on the distribution has moved.",
            really =
                    "By the rule of thumb, below 0.1 nothing has happened, above 0.25 the distribution has moved; between"
                            + " the two, look closer. An alarm at 0.1 rings on ordinary days.",
            concept = "Measuring drift")
    public static class AlarmsFromATenth extends DriftAlarm {
        @Override
        Column moved(double[] edges) {
            return col("psi").gt(0.1);
        }
    }

    @Misconception(
            believed = "A payment belongs to the day on which the query reads it.",
            really =
                    "After an outage the payments of three days are read in a minute, and all of them are today's. The day"
                            + " is one of event time.",
            concept = "Event time")
    public static class TakesTheDayOfProcessing extends DriftAlarm {
        @Override
        public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            return super.alarms(payments.withColumn("time", current_timestamp()), edges, expected, least);
        }
    }

    @Misconception(
            believed = "A day is over at midnight: no watermark is needed, or one of zero.",
            really =
                    "The payments of the last minutes before midnight arrive after it. With no delay they are dropped, and"
                            + " so is every payment that waited for a while.",
            concept = "Watermarks")
    public static class DoesNotWait extends DriftAlarm {
        @Override
        public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
            return byDay(payments.withWatermark("time", "0 seconds"), edges, expected, least);
        }
    }
}
