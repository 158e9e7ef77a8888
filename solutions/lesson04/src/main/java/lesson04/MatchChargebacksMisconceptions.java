package lesson04;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Common wrong answers to {@link MatchChargebacks}. */
public final class MatchChargebacksMisconceptions {

    private static final String IN_TIME = "c.time BETWEEN p.time AND p.time + INTERVAL 30 DAYS";

    private MatchChargebacksMisconceptions() {}

    @Misconception(
            believed = "An outer join emits a payment at once, with nulls, before its chargeback can arrive. "
                    + "So it must be an inner join.",
            really = "On streams the nulls wait: Spark emits them when both watermarks have passed every "
                    + "possible match. An inner join finds pairs only, but most payments are *not* charged "
                    + "back, and the output needs them, too.",
            concept = "Joins of streams")
    public static class UsesAnInnerJoin extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 day"),
                    "c.payment = p.id AND " + IN_TIME,
                    "inner");
        }
    }

    @Misconception(
            believed = "The ids are unique, so comparing ids is enough; and with a watermark on both sides "
                    + "Spark can remove old rows.",
            really = "A watermark shows how far a stream has advanced, not how far apart matching rows may "
                    + "be. Without a time bound a chargeback matches even after a year, and an inner join "
                    + "keeps every row forever, without an error. An outer join without a bound fails.",
            concept = "Joins of streams")
    public static class SetsNoTimeBound extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 day"),
                    "c.payment = p.id",
                    "inner");
        }
    }

    @Misconception(
            believed = "The payments have to wait, so they get the watermark.",
            really = "A payment waits for the other stream: the watermark of the chargebacks shows whether "
                    + "one can still arrive.",
            concept = "Joins of streams")
    public static class SetsAWatermarkOnPaymentsOnly extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks,
                    "c.payment = p.id AND " + IN_TIME,
                    "left_outer");
        }
    }

    @Misconception(
            believed = "A delay of one hour is enough for both streams.",
            really = "Each stream has its own delay. A chargeback that is a day late is behind the "
                    + "watermark: its payment has been emitted as one without a chargeback.",
            concept = "Watermarks")
    public static class SetsTheSameDelayForBoth extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 hour"),
                    "c.payment = p.id AND " + IN_TIME,
                    "left_outer");
        }
    }

    @Misconception(
            believed = "Within thirty days is one bound; it does not matter whether the chargeback is before "
                    + "or after the payment.",
            really = "A time range has two ends. Nobody objects to a payment before it is made. And if a "
                    + "chargeback may be thirty days before its payment, Spark keeps it for thirty days "
                    + "longer; without a lower bound, forever.",
            concept = "Joins of streams")
    public static class AllowsEarlierChargebacks extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 day"),
                    "c.payment = p.id AND c.time BETWEEN p.time - INTERVAL 30 DAYS AND p.time + INTERVAL 30 DAYS",
                    "left_outer");
        }
    }

    @Misconception(
            believed = "Between two times means after the first and before the second: > and <.",
            really = "That excludes both ends: a chargeback in the same second as the payment, and one in "
                    + "the last second of the thirty days. BETWEEN includes both ends.",
            concept = "Joins of streams")
    public static class ExcludesBothEnds extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 day"),
                    "c.payment = p.id AND c.time > p.time AND c.time < p.time + INTERVAL 30 DAYS",
                    "left_outer");
        }
    }

    @Misconception(
            believed = "Comparing microseconds as numbers is as good as comparing the times.",
            really = "The rows are the same, the state is not. Spark derives from the condition how long "
                    + "to keep each side, and only from plain comparisons of the two event times. With the "
                    + "lower bound inside a function it derives none, and chargebacks stay forever.",
            concept = "Bounded state")
    public static class HidesTheLowerBound extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 day"),
                    "c.payment = p.id AND c.time <= p.time + INTERVAL 30 DAYS"
                            + " AND unix_micros(c.time) >= unix_micros(p.time)",
                    "left_outer");
        }
    }

    @Misconception(
            believed = "Times are seconds, and thirty days are 30 * 86400 of them.",
            really =
                    "A timestamp has microseconds. Cut to seconds, a chargeback of the same second is in time although it "
                            + "is older than the payment, and one a few milliseconds too late, too.",
            concept = "Event time")
    public static class ComparesWholeSeconds extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withColumn("time", date_trunc("second", col("time")))
                            .withWatermark("time", "1 hour"),
                    chargebacks
                            .withColumn("time", date_trunc("second", col("time")))
                            .withWatermark("time", "1 day"),
                    "c.payment = p.id AND " + IN_TIME,
                    "left_outer");
        }
    }

    @Misconception(
            believed = "A chargeback may be a day late, so the bound must be a day longer.",
            really =
                    "The watermark covers how late a row arrives. The bound compares event times, which do not change on "
                            + "the way: with 31 days, chargebacks after the thirty days match as well.",
            concept = "Watermarks")
    public static class AddsTheDelayToTheBound extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 day"),
                    "c.payment = p.id AND c.time BETWEEN p.time AND p.time + INTERVAL 31 DAYS",
                    "left_outer");
        }
    }

    @Misconception(
            believed = "Chargebacks before the payment can be left out after the join.",
            really = "A filter after an outer join drops the payment with the chargeback, and the join keeps every "
                    + "chargeback without the lower bound. Both ends of the bound belong into the condition.",
            concept = "Joins of streams")
    public static class FiltersAfterTheJoin extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return payments.withWatermark("time", "1 hour")
                    .as("p")
                    .join(
                            chargebacks.withWatermark("time", "1 day").as("c"),
                            expr("c.payment = p.id AND c.time <= p.time + INTERVAL 30 DAYS"),
                            "left_outer")
                    .where("c.time IS NULL OR c.time >= p.time")
                    .selectExpr("p.id", "p.amount", "c.reason");
        }
    }
}
