package lesson07;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link JudgeTheModel} that people really give. */
public final class JudgeTheModelMisconceptions {

    private JudgeTheModelMisconceptions() {}

    @Misconception(
            believed = "Precision is the share of right decisions: alert from a half on, and count.",
            really =
                    "That is the accuracy. Where one payment in a hundred is a fraud, a model that never raises an alert"
                            + " is right in 99 of 100 cases. Average precision asks how far up the frauds are.",
            concept = "Judging scores")
    public static class CountsRightDecisions extends JudgeTheModel {
        @Override
        Dataset<Row> curves(Dataset<Row> payments) {
            Column decision = when(col("score").geq(0.5), 1).otherwise(0);
            Dataset<Row> accuracy = payments.groupBy("day")
                    .agg(avg(when(decision.equalTo(col("fraud")), 1.0).otherwise(0.0))
                            .as("ap"));
            return super.curves(payments).drop("ap").join(accuracy, "day");
        }
    }

    @Misconception(
            believed = "An alert is yes or no, so the curve is drawn from the decisions.",
            really =
                    "The decisions have one threshold, and the curve has one point. The measures are those of the order of"
                            + " the scores: with a half as the threshold, 0.51 and 0.99 are the same.",
            concept = "Judging scores")
    public static class JudgesDecisions extends JudgeTheModel {
        @Override
        Dataset<Row> curves(Dataset<Row> payments) {
            return super.curves(
                    payments.withColumn("score", when(col("score").geq(0.5), 1).otherwise(0)));
        }
    }

    @Misconception(
            believed = "Payments of equal scores are in some order, and that will do.",
            really =
                    "The order is that of arrival, and after a shuffle another one: the same scores give other figures."
                            + " Nothing in the scores tells these payments apart, so they count together.",
            concept = "Judging scores")
    public static class OrdersEqualScores extends JudgeTheModel {
        @Override
        Dataset<Row> curves(Dataset<Row> payments) {
            WindowSpec fromTheTop = Window.partitionBy("day")
                    .orderBy(col("score").desc(), col("fraud").desc());
            Dataset<Row> precision = payments.withColumn("place", row_number().over(fromTheTop))
                    .withColumn(
                            "found",
                            sum("fraud").over(fromTheTop.rowsBetween(Window.unboundedPreceding(), Window.currentRow())))
                    .where("fraud = 1")
                    .groupBy("day")
                    .agg(avg(col("found").divide(col("place"))).as("ap"));
            return super.curves(payments)
                    .drop("ap")
                    .join(precision.withColumnRenamed("day", "same"), col("day").equalTo(col("same")), "left")
                    .drop("same");
        }
    }

    @Misconception(
            believed = "A fraud and a genuine payment of the same score are in the right order: neither is above.",
            really = "Nor is it in the wrong one. A model that gives all payments the same score then has an area of 1,"
                    + " as if it knew everything. Equal scores count half, so it has 0.5, like a guess.",
            concept = "Judging scores")
    public static class CountsEqualScoresAsRight extends JudgeTheModel {
        @Override
        Dataset<Row> curves(Dataset<Row> payments) {
            Dataset<Row> halfABit =
                    payments.withColumn("score", col("score").plus(col("fraud").multiply(1e-12)));
            return super.curves(payments)
                    .drop("auc")
                    .join(super.curves(halfABit).drop("ap"), "day");
        }
    }

    @Misconception(
            believed = "The hundred payments with the highest scores are what investigators check.",
            really =
                    "They call a customer once, whatever the number of payments. A card with many high scores would take"
                            + " all the places, and hide the others.",
            concept = "Judging scores")
    public static class ChecksPayments extends JudgeTheModel {
        @Override
        Dataset<Row> cards(Dataset<Row> payments, int top) {
            WindowSpec day = Window.partitionBy("day").orderBy(col("score").desc(), col("customer"), col("fraud"));
            return shares(
                    payments.withColumn("place", row_number().over(day))
                            .where(col("place").leq(top)),
                    payments,
                    top);
        }
    }

    @Misconception(
            believed = "A card's score is the mean of its payments.",
            really =
                    "One payment with a high score raises an alert, and nine small ones do not take it back. With a mean,"
                            + " a thief hides a fraud among small payments.",
            concept = "Judging scores")
    public static class TakesTheMeanOfACard extends JudgeTheModel {
        @Override
        Dataset<Row> cards(Dataset<Row> payments, int top) {
            WindowSpec card = Window.partitionBy("day", "customer");
            return super.cards(payments.withColumn("score", avg("score").over(card)), top);
        }
    }

    @Misconception(
            believed = "The share of frauds among the cards that were checked: divide by their number.",
            really =
                    "On a day with few cards the share then rises although nobody was found. The places that stay empty"
                            + " are places, too: divide by the same number each day, so that days can be compared.",
            concept = "Judging scores")
    public static class DividesByTheCardsThereAre extends JudgeTheModel {
        @Override
        Dataset<Row> cards(Dataset<Row> payments, int top) {
            Dataset<Row> there =
                    payments.groupBy("day").agg(count_distinct(col("customer")).as("there"));
            return super.cards(payments, top)
                    .join(there, "day")
                    .withColumn(
                            "cards",
                            when(
                                            col("there").between(1, top),
                                            col("cards").multiply(top).divide(col("there")))
                                    .otherwise(col("cards")));
        }
    }

    @Misconception(
            believed = "Every defrauded card among the top is a success, each day.",
            really =
                    "A card that was found is blocked: nobody finds it again. With the same cards found day after day, a"
                            + " model looks good that finds nothing new.",
            concept = "Judging scores")
    public static class FindsCardsAgain extends JudgeTheModel {
        @Override
        Dataset<Row> cards(Dataset<Row> payments, int top) {
            return found(payments, top, false, false);
        }
    }

    @Misconception(
            believed = "A card with a known fraud is blocked.",
            really =
                    "The fraud is known a week later, from the customer's report. On the day only the checked cards are"
                            + " known; the others go on, and can be found later.",
            concept = "Judging scores")
    public static class BlocksCardsNobodyChecked extends JudgeTheModel {
        @Override
        Dataset<Row> cards(Dataset<Row> payments, int top) {
            return found(payments, top, true, false);
        }
    }

    @Misconception(
            believed = "A card that was checked is settled, and is not checked again.",
            really = "If nothing was found, the customer keeps paying, and so may the thief next week. Only a defrauded"
                    + " card is blocked.",
            concept = "Judging scores")
    public static class BlocksEveryCheckedCard extends JudgeTheModel {
        @Override
        Dataset<Row> cards(Dataset<Row> payments, int top) {
            return found(payments, top, true, true);
        }
    }

    @Misconception(
            believed = "A payment that nobody has reported is genuine.",
            really =
                    "Not yet reported is not genuine. On a recent day most frauds are still unknown: a good model seems"
                            + " to raise false alarms, and each day looks worse than the one before.",
            concept = "Judging scores")
    public static class JudgesRecentDays extends JudgeTheModel {
        @Override
        public Dataset<Row> quality(Dataset<Row> scores, Dataset<Row> reports, Instant night, int top) {
            Dataset<Row> payments =
                    labelled(scores, frauds(reports, night)).where(col("day").isNotNull());
            return curves(payments).join(cards(payments, top), "day").select("day", "auc", "ap", "cards");
        }
    }

    @Misconception(
            believed = "Seven days after a payment its label is known: filter the payments.",
            really =
                    "Then a part of the newest day is judged, its first hours, and tomorrow the same day again with other"
                            + " figures. A day is judged as a whole.",
            concept = "Judging scores")
    public static class JudgesPartOfADay extends JudgeTheModel {
        @Override
        public Dataset<Row> quality(Dataset<Row> scores, Dataset<Row> reports, Instant night, int top) {
            Dataset<Row> known = scores.where(col("time").leq(lit(night.minus(Duration.ofDays(7)))));
            Dataset<Row> payments = labelled(known, frauds(reports, night));
            return curves(payments).join(cards(payments, top), "day").select("day", "auc", "ap", "cards");
        }
    }

    @Misconception(
            believed = "The table of reports says which payments are frauds.",
            really = "It says it today. A job that is run again for an earlier night must not know what was reported"
                    + " since, or its figures are better than they could be.",
            concept = "Point-in-time features")
    public static class KnowsLaterReports extends JudgeTheModel {
        @Override
        Dataset<Row> frauds(Dataset<Row> reports, Instant night) {
            return reports.where(col("reported").isNotNull()).select("id").distinct();
        }
    }

    @Misconception(
            believed = "A payment has one report: join the tables.",
            really =
                    "A customer reports twice, or the bank does, too. Each report makes another row of the payment, and"
                            + " the fraud counts several times. Make the ids distinct before the join.",
            concept = "Joins")
    public static class JoinsEveryReport extends JudgeTheModel {
        @Override
        Dataset<Row> frauds(Dataset<Row> reports, Instant night) {
            return reports.where(col("reported").leq(lit(night))).select("id");
        }
    }

    @Misconception(
            believed = "A payment without a score cannot be judged: leave it out.",
            really = "It was paid, and nobody was warned. If it is left out, a model that refuses the hard payments has"
                    + " better figures than one that tries.",
            concept = "Judging scores")
    public static class LeavesUnscoredPaymentsOut extends JudgeTheModel {
        @Override
        Dataset<Row> labelled(Dataset<Row> scores, Dataset<Row> frauds) {
            return super.labelled(scores, frauds).where("score >= 0");
        }
    }

    @Misconception(
            believed = "Null is the only missing score.",
            really =
                    "NaN is one, too, and Spark sorts it above all numbers: a payment whose score could not be computed is"
                            + " then the most suspicious one of the day.",
            concept = "Floating point")
    public static class SortsNanFirst extends JudgeTheModel {
        @Override
        Dataset<Row> labelled(Dataset<Row> scores, Dataset<Row> frauds) {
            return scores.join(
                            frauds.withColumn("fraud", lit(1)), scores.col("id").equalTo(frauds.col("id")), "left")
                    .select(
                            col("time").cast("date").as("day"),
                            col("customer"),
                            coalesce(col("score"), lit(-1)).as("score"),
                            coalesce(col("fraud"), lit(0)).as("fraud"));
        }
    }

    @Misconception(
            believed = "Payments without a customer are one card.",
            really = "They are payments of unknown people. As one group they have the highest score of all of them, and"
                    + " take a place among the top cards every day.",
            concept = "Nulls")
    public static class OneCardForNobody extends JudgeTheModel {
        @Override
        Dataset<Row> cards(Dataset<Row> payments, int top) {
            return super.cards(payments.na().fill(0, new String[] {"customer"}), top);
        }
    }

    /** The share of defrauded customers among these payments, by day. */
    private static Dataset<Row> shares(Dataset<Row> checked, Dataset<Row> payments, int top) {
        Dataset<Row> found = checked.where("fraud = 1")
                .groupBy("day")
                .agg(count(lit(1)).divide(top).as("found"));
        Dataset<Row> days = payments.select("day").distinct();
        return days.join(found, days.col("day").equalTo(found.col("day")), "left")
                .select(days.col("day"), coalesce(col("found"), lit(0.0)).as("cards"));
    }

    private static Dataset<Row> found(Dataset<Row> payments, int top, boolean blocksUnchecked, boolean blocksGenuine) {
        List<Row> cards = payments.groupBy("day", "customer")
                .agg(max("score").as("score"), max("fraud").as("fraud"))
                .orderBy(col("day"), col("score").desc(), col("customer"))
                .collectAsList();
        Map<LocalDate, Double> found = new TreeMap<>();
        Map<LocalDate, Integer> checked = new TreeMap<>();
        Set<Integer> blocked = new HashSet<>();
        for (Row card : cards) {
            LocalDate day = card.getLocalDate(0);
            found.putIfAbsent(day, 0.0);
            if (card.isNullAt(1) || blocked.contains(card.getInt(1))) {
                continue;
            }
            boolean isFraud = card.getInt(3) == 1;
            boolean isChecked = checked.merge(day, 1, Integer::sum) <= top;
            if (isChecked && isFraud) {
                found.merge(day, 1.0 / top, Double::sum);
            }
            if (blocksGenuine ? isChecked : blocksUnchecked && isFraud) {
                blocked.add(card.getInt(1));
            }
        }
        return JudgeTheModel.table(payments, found);
    }
}
