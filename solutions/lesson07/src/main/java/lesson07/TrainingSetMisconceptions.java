package lesson07;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link TrainingSet} that people really give. */
public final class TrainingSetMisconceptions {

    private TrainingSetMisconceptions() {}

    @Misconception(
            believed = "The table of features has the newest mean of each customer: join it.",
            really =
                    "The newest of today, for payments of last month. The model learns from means that contain the frauds"
                            + " it is to find, its test is excellent, and in production it has nothing of the kind.",
            concept = "Point-in-time features")
    public static class JoinsTheNewestFeatures extends TrainingSet {
        @Override
        Column isKnown() {
            return col("p.customer")
                    .equalTo(col("f.customer"))
                    .and(col("f.at").isNotNull())
                    .and(col("f.known").isNotNull());
        }
    }

    @Misconception(
            believed = "`at <= time` is point in time.",
            really = "It is so if features are written at once. A nightly job writes the mean of an evening the next"
                    + " morning: a payment in between could not have it. When a feature was known is a second time.",
            concept = "Point-in-time features")
    public static class IgnoresWhenItWasKnown extends TrainingSet {
        @Override
        Column isKnown() {
            return col("p.customer")
                    .equalTo(col("f.customer"))
                    .and(col("f.at").leq(col("p.time")))
                    .and(col("f.known").isNotNull());
        }
    }

    @Misconception(
            believed = "What was written by then was known, so `known <= time` is enough.",
            really = "A feature may be written for a later moment, such as a mean for tomorrow, and does not hold yet.",
            concept = "Point-in-time features")
    public static class IgnoresWhenItHolds extends TrainingSet {
        @Override
        Column isKnown() {
            return col("p.customer")
                    .equalTo(col("f.customer"))
                    .and(col("f.at").isNotNull())
                    .and(col("f.known").leq(col("p.time")));
        }
    }

    @Misconception(
            believed = "A feature has to be older than the payment: strictly before.",
            really = "A feature of the same moment holds at that moment, and the store answers with it. Training and"
                    + " serving have to agree about the bound: here it is at or before.",
            concept = "Point-in-time features")
    public static class TakesStrictlyOlderFeatures extends TrainingSet {
        @Override
        Column isKnown() {
            return super.isKnown().and(col("f.at").lt(col("p.time")));
        }
    }

    @Misconception(
            believed = "What is written at the moment of the payment comes too late for it.",
            really = "By the task it does not: known at the payment's time is known. Where a real system needs a"
                    + " distance, it is a number that somebody measures, not a microsecond.",
            concept = "Point-in-time features")
    public static class KnewItStrictlyBefore extends TrainingSet {
        @Override
        Column isKnown() {
            return super.isKnown().and(col("f.known").lt(col("p.time")));
        }
    }

    @Misconception(
            believed = "Features are daily, so compare days.",
            really =
                    "A feature that was written at ten in the evening then belongs to the payments of the morning. Times"
                            + " are compared as they are, to the microsecond.",
            concept = "Point-in-time features")
    public static class ComparesDays extends TrainingSet {
        @Override
        Column isKnown() {
            Column day = date_trunc("day", col("p.time"));
            return col("p.customer")
                    .equalTo(col("f.customer"))
                    .and(date_trunc("day", col("f.at")).leq(day))
                    .and(date_trunc("day", col("f.known")).leq(day));
        }
    }

    @Misconception(
            believed = "The feature that was written last is the newest.",
            really =
                    "It may be a correction of an old one. Newest is the latest moment for which a feature holds; the time"
                            + " of writing only decides between versions of the same moment.",
            concept = "Point-in-time features")
    public static class TakesWhatWasWrittenLast extends TrainingSet {
        @Override
        Column newest() {
            return max_by(col("f.mean"), struct("f.known", "f.at"));
        }
    }

    @Misconception(
            believed = "A moment's feature is what was written first: later versions are repairs of the past.",
            really =
                    "A correction that was known by then is what the store would have answered. Only corrections that were"
                            + " written after the payment are left out.",
            concept = "Point-in-time features")
    public static class TakesTheFirstVersion extends TrainingSet {
        @Override
        Column newest() {
            return max_by(col("f.mean"), struct(col("f.at"), negate(unix_micros(col("f.known")))));
        }
    }

    @Misconception(
            believed = "max(mean) gives the mean of the newest feature.",
            really =
                    "It gives the largest mean of all the features. As long as means grow the two are the same, and the"
                            + " tests pass.",
            concept = "Point-in-time features")
    public static class TakesTheLargestMean extends TrainingSet {
        @Override
        Column newest() {
            return max(col("f.mean"));
        }
    }

    @Misconception(
            believed = "A feature without a mean is useless: take the newest that has one.",
            really =
                    "That the mean is not known is what was known. In production the model gets no mean for this payment,"
                            + " and has to have learnt such cases.",
            concept = "Nulls")
    public static class SkipsMissingMeans extends TrainingSet {
        @Override
        Column isKnown() {
            return super.isKnown().and(col("f.mean").isNotNull());
        }
    }

    @Misconception(
            believed = "NaN is a number like any other for a model.",
            really = "One NaN in the training data makes every weight NaN, or ends the training. It means that there is"
                    + " no mean, as null does.",
            concept = "Floating point")
    public static class KeepsNan extends TrainingSet {
        @Override
        public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
            Dataset<Row> frauds = frauds(labels, night).select(col("id").as("fraud"));
            return matured(payments, night)
                    .as("p")
                    .join(features.as("f"), isKnown(), "left")
                    .groupBy("p.id")
                    .agg(newest().as("mean"))
                    .join(frauds, col("id").equalTo(col("fraud")), "left")
                    .select(col("id"), col("mean"), col("fraud").isNotNull().as("fraud"));
        }
    }

    @Misconception(
            believed = "A payment without a feature teaches nothing: an inner join is enough.",
            really =
                    "New customers have none, and frauds are frequent among them. The model never sees such a payment in"
                            + " training, and many of them in production.",
            concept = "Point-in-time features")
    public static class LeavesNewCustomersOut extends TrainingSet {
        @Override
        public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
            Dataset<Row> known = payments.as("p").join(features.as("f"), isKnown(), "left_semi");
            return super.examples(known, features, labels, night);
        }
    }

    @Misconception(
            believed = "An unknown customer has the feature of the unknown customer: a null-safe join.",
            really = "The payments without a customer are those of many people. Nothing is known about any of them.",
            concept = "Nulls")
    public static class JoinsNulls extends TrainingSet {
        @Override
        Column isKnown() {
            return col("p.customer")
                    .eqNullSafe(col("f.customer"))
                    .and(col("f.at").leq(col("p.time")))
                    .and(col("f.known").leq(col("p.time")));
        }
    }

    @Misconception(
            believed = "A payment that nobody has reported is genuine.",
            really =
                    "Of the last seven days many frauds are not reported yet. As genuine examples they teach the model that"
                            + " the newest kind of fraud is fine.",
            concept = "Judging scores")
    public static class TakesRecentPayments extends TrainingSet {
        @Override
        Dataset<Row> matured(Dataset<Row> payments, Instant night) {
            return payments.where(col("time").isNotNull());
        }
    }

    @Misconception(
            believed = "A payment that is reported has its label, so it is an example at once.",
            really =
                    "Then the last week has examples of frauds only, and the model learns that recent payments are frauds."
                            + " Whether a payment is an example must not depend on its label.",
            concept = "Judging scores")
    public static class TakesEarlyReports extends TrainingSet {
        @Override
        public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
            Dataset<Row> reported = payments.where(col("time").isNotNull()).join(frauds(labels, night), "id");
            Dataset<Row> all = super.matured(payments, night)
                    .unionByName(reported.select("id", "time", "customer"))
                    .distinct();
            return new TrainingSet() {
                @Override
                Dataset<Row> matured(Dataset<Row> any, Instant now) {
                    return all;
                }
            }.examples(payments, features, labels, night);
        }
    }

    @Misconception(
            believed = "The table of labels says which payments are frauds.",
            really =
                    "It says it today. A training that is repeated for an earlier night must not know what was reported"
                            + " since: it could not be repeated, and its test would be too good.",
            concept = "Point-in-time features")
    public static class KnowsLaterReports extends TrainingSet {
        @Override
        Dataset<Row> frauds(Dataset<Row> labels, Instant night) {
            return labels.where(col("reported").isNotNull()).select("id").distinct();
        }
    }

    @Misconception(
            believed = "A payment has one report: join the tables.",
            really =
                    "A customer reports twice, or the bank does, too. Each report makes another example of the payment, so"
                            + " the model learns it twice.",
            concept = "Joins")
    public static class JoinsEveryReport extends TrainingSet {
        @Override
        Dataset<Row> frauds(Dataset<Row> labels, Instant night) {
            return labels.where(col("reported").leq(lit(night))).select("id");
        }
    }

    @Misconception(
            believed = "rank() = 1 is the newest feature.",
            really = "It is every one of the newest moment: with a correction there are two, and the payment is two"
                    + " examples. Order by the time of writing, too, so that one is first.",
            concept = "Window functions")
    public static class RanksByMoment extends TrainingSet {
        @Override
        public Dataset<Row> examples(Dataset<Row> payments, Dataset<Row> features, Dataset<Row> labels, Instant night) {
            Dataset<Row> known = matured(payments, night)
                    .as("p")
                    .join(features.as("f"), isKnown(), "left")
                    .withColumn(
                            "place",
                            rank().over(Window.partitionBy("p.id")
                                    .orderBy(col("f.at").desc())))
                    .where("place = 1")
                    .select(col("p.id"), col("p.time"), col("p.customer"), col("f.mean"));
            Dataset<Row> frauds = frauds(labels, night).select(col("id").as("fraud"));
            return known.join(frauds, col("id").equalTo(col("fraud")), "left")
                    .selectExpr("id", "nanvl(mean, null) AS mean", "fraud IS NOT NULL AS fraud");
        }
    }
}
