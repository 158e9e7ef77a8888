package lesson04;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link MatchChargebacks} that people really give. */
public final class MatchChargebacksMisconceptions {

    private static final String IN_TIME = "c.time BETWEEN p.time AND p.time + INTERVAL 30 DAYS";

    private MatchChargebacksMisconceptions() {}

    @Misconception(
            believed =
                    "An outer join puts a payment out at once, with nulls, before any chargeback can have come. So it has"
                            + " to be an inner one.",
            really = "On streams the nulls wait: they come when both watermarks have gone so far that nothing can match"
                    + " any more, and only then. An inner join finds pairs; that a payment was *not* charged back is an"
                    + " answer too, the one most payments get.",
            concept = "Joins of streams")
    public static class JoinsInner extends MatchChargebacks {
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
            believed = "The ids are unique, so the ids are condition enough; and with a watermark on both sides Spark"
                    + " knows when to forget.",
            really = "A watermark says how far a stream has gone, not how far one row may look for another. Without a"
                    + " bound in time a chargeback counts after a year as well, and an inner join keeps every row for"
                    + " ever, without a word. An outer one Spark refuses.",
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
            believed = "It is the payments that have to wait, so they get the watermark.",
            really = "What a payment waits for is the other stream: how far that one has gone says whether a chargeback"
                    + " can still come.",
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
            believed = "One hour of waiting is enough for both streams.",
            really =
                    "The lateness of each stream is its own. A chargeback that is a day late meets a watermark that has"
                            + " gone by, and its payment has been put out as an honest one.",
            concept = "Watermarks")
    public static class WaitsAnHourForBoth extends MatchChargebacks {
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
            believed = "Within thirty days is one bound; whether the chargeback lies before or after is no matter.",
            really =
                    "A time has two ends. Nobody objects to a payment before it is made. And a chargeback that may look"
                            + " thirty days ahead is kept thirty days longer; without a lower bound, for ever.",
            concept = "Joins of streams")
    public static class LooksInBothDirections extends MatchChargebacks {
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
            believed = "Between two moments is what comes after the one and before the other: > and <.",
            really =
                    "Then the moments themselves are left out: a chargeback in the very second of the payment, and one on"
                            + " the last second of the thirty days. BETWEEN includes both of its ends.",
            concept = "Joins of streams")
    public static class LeavesOutBothEnds extends MatchChargebacks {
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
            believed = "Comparing whole seconds is as good as comparing the times.",
            really = "The rows are the same, the state is not. Spark reads from the condition how long each side has to"
                    + " wait, and it reads plain comparisons of the two event times only. With the lower bound inside a"
                    + " function it knows none, and chargebacks stay for ever.",
            concept = "Bounded state")
    public static class HidesTheLowerBound extends MatchChargebacks {
        @Override
        public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
            return joined(
                    payments.withWatermark("time", "1 hour"),
                    chargebacks.withWatermark("time", "1 day"),
                    "c.payment = p.id AND c.time <= p.time + INTERVAL 30 DAYS"
                            + " AND date_trunc('second', c.time) >= date_trunc('second', p.time)",
                    "left_outer");
        }
    }
}
