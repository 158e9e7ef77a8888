package lesson04;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.diagnose.Misconception;

/** Common wrong answers to {@link CardProfile}. */
public final class CardProfileMisconceptions {

    private CardProfileMisconceptions() {}

    @Misconception(
            believed = "A payment happens when I process it: its hour is the current hour.",
            really = "The clock shows when the query ran, not when the customer paid. After an outage or "
                    + "in a replay, months of payments get the same hour, and every window contains all of "
                    + "them.",
            concept = "Event time")
    public static class UsesProcessingTime extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new ByTheClock());
        }

        private static final class ByTheClock extends Hours {
            private long hour;

            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
                hour = now.getCurrentProcessingTimeInMs() / 3_600_000;
                return super.handleInputRows(customer, rows, now);
            }

            @Override
            long hour(Row payment, NavigableMap<Long, Paid> known) {
                return hour;
            }
        }
    }

    @Misconception(
            believed = "With a TTL of thirty days Spark removes older state, so the sum of all state is the "
                    + "sum of thirty days.",
            really = "A TTL counts from the write of a value, in processing time; event time has no "
                    + "effect. In a replay all values have the same age. A TTL can clean up state, but it "
                    + "is not a window.",
            concept = "TTL")
    public static class UsesTtlAsTheWindow extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return profiles(payments.withWatermark("time", "1 day"), new Expiring(), TimeMode.ProcessingTime());
        }

        private static final class Expiring extends Hours {
            @Override
            public void init(OutputMode mode, TimeMode time) {
                hours = getHandle()
                        .getMapState(
                                "hours",
                                Encoders.LONG(),
                                Encoders.tuple(Encoders.LONG(), Encoders.LONG()),
                                new TTLConfig(Duration.ofDays(30)));
            }

            @Override
            void keep(long hour, Paid paid) {
                hours.updateValue(hour, new Tuple2<>(paid.count(), paid.cents()));
            }

            @Override
            Paid paid(long hour, int days, NavigableMap<Long, Paid> known) {
                return super.paid(hour, days == 30 ? 1_000_000 : days, known);
            }
        }
    }

    @Misconception(
            believed = "I keep a counter for each window, and reset it when its day, its week or its thirty "
                    + "days are over.",
            really = "These are tumbling windows. The last day is a sliding one: after midnight such a "
                    + "counter has lost the evening, and the counter of a week covers seven days in its "
                    + "last hour but one hour in its first.",
            concept = "Windows")
    public static class ResetsCounters extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new SetBack());
        }

        private static final class SetBack extends Hours {
            @Override
            Paid paid(long hour, int days, NavigableMap<Long, Paid> known) {
                return sum(known.subMap(hour - hour % (24L * days), true, hour, true));
            }
        }
    }

    @Misconception(
            believed = "The last day is the last 24 hours, to the second.",
            really = "Windows to the second need every payment of thirty days. With whole hours two "
                    + "numbers an hour are enough, however many payments there are; so the task defines a "
                    + "day as 24 whole hours.",
            concept = "Bounded state")
    public static class CountsSeconds extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Seconds());
        }

        private static final class Seconds extends Hours {
            private static final long DAY = 24 * 3_600;

            @Override
            long hour(Row payment, NavigableMap<Long, Paid> known) {
                return payment.<Instant>getAs("time").getEpochSecond();
            }

            @Override
            Paid paid(long second, int days, NavigableMap<Long, Paid> known) {
                return sum(known.subMap(second - DAY * days, false, second, true));
            }

            @Override
            void keep(long second, Paid paid) {
                hours.updateValue(second, new Tuple2<>(paid.count(), paid.cents()));
            }
        }
    }

    @Misconception(
            believed = "All payments younger than a day belong to the last day.",
            really = "To the last day of the newest payment, yes. The window of a late payment ends with "
                    + "its own hour. Payments of later hours do not belong to it, even if they have already "
                    + "arrived. A window has two ends.",
            concept = "Late rows")
    public static class OmitsTheEndOfTheWindow extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Open());
        }

        private static final class Open extends Hours {
            @Override
            Paid paid(long hour, int days, NavigableMap<Long, Paid> known) {
                return sum(known.tailMap(hour - 24L * days, false));
            }
        }
    }

    @Misconception(
            believed = "The rows of a batch arrive in the order of their times.",
            really = "They arrive in any order, depending on files, partitions and shuffles. If order "
                    + "matters, sort the rows.",
            concept = "Micro-batches")
    public static class ReliesOnTheOrderOfRows extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new AsTheyCome());
        }

        private static final class AsTheyCome extends Hours {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
                List<Row> profiles = new ArrayList<>();
                CollectionConverters.asJava(rows)
                        .forEachRemaining(payment -> super.handleInputRows(
                                        customer,
                                        CollectionConverters.asScala(
                                                List.of(payment).iterator()),
                                        now)
                                .foreach(profiles::add));
                return CollectionConverters.asScala(profiles.iterator());
            }
        }
    }

    @Misconception(
            believed = "I keep each hour's mean, and average the means.",
            really = "An hour with one payment then weighs as much as an hour with fifty. You can add sums "
                    + "and counts, but not means: compute the mean last.",
            concept = "Aggregation")
    public static class AveragesMeans extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Means());
        }

        private static final class Means extends Hours {
            @Override
            Paid paid(long hour, int days, NavigableMap<Long, Paid> known) {
                Paid paid = super.paid(hour, days, known);
                BigDecimal mean =
                        BigDecimal.valueOf(known.subMap(hour - 24L * days, false, hour, true).values().stream()
                                .mapToDouble(each -> each.mean().doubleValue())
                                .average()
                                .orElseThrow());
                return new Paid(
                        paid.count(),
                        mean.multiply(BigDecimal.valueOf(100 * paid.count()))
                                .setScale(0, RoundingMode.HALF_UP)
                                .longValue());
            }
        }
    }

    @Misconception(
            believed = "Spark passes a card's payments together, so I add them all up and then write the profiles.",
            really = "The limits of a batch are arbitrary. The values then depend on the other payments of "
                    + "the batch, even on later ones. With larger batches the same payments get other "
                    + "values, and a model learns from the future.",
            concept = "Micro-batches")
    public static class AddsTheWholeBatchFirst extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new AllAtOnce());
        }

        private static final class AllAtOnce extends Hours {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
                List<Row> payments = inOrder(rows);
                super.handleInputRows(customer, CollectionConverters.asScala(payments.iterator()), now);
                NavigableMap<Long, Paid> known = known();
                return CollectionConverters.asScala(payments.stream()
                        .map(payment -> profile(payment, hour(payment, known), known))
                        .toList()
                        .iterator());
            }
        }
    }

    @Misconception(
            believed = "Time does not run backwards: a late payment belongs to the newest hour.",
            really = "Then it counts for a day from its arrival, and not for the day in which it was made. "
                    + "Its own hour is still in the state: the watermark delay of a day is there for that.",
            concept = "Late rows")
    public static class CountsALatePaymentInTheNewestHour extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Forwards());
        }

        private static final class Forwards extends Hours {
            @Override
            long hour(Row payment, NavigableMap<Long, Paid> known) {
                long hour = super.hour(payment, known);
                return known.isEmpty() ? hour : Math.max(hour, known.lastKey());
            }
        }
    }

    @Misconception(
            believed = "A payment a day behind the newest one is too late, even if the newest is in the same batch.",
            really = "The watermark moves at the end of a batch. A payment in the same batch as the newest "
                    + "one is compared with the watermark of earlier batches, and is not late, however far "
                    + "behind it is.",
            concept = "Late rows")
    public static class DropsRowsLateWithinTheirBatch extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Strict());
        }

        private static final class Strict extends Hours {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
                List<Row> payments = inOrder(rows);
                Instant newest = payments.get(payments.size() - 1).getAs("time");
                payments.removeIf(payment -> !payment.<Instant>getAs("time").isAfter(newest.minus(Duration.ofDays(1))));
                return super.handleInputRows(customer, CollectionConverters.asScala(payments.iterator()), now);
            }
        }
    }

    @Misconception(
            believed = "Hours thirty days older than the newest payment can be removed.",
            really = "The window of a payment that is a day late covers thirty days before its own time, "
                    + "not before the newest. Remove the hours that are thirty days older than the "
                    + "watermark.",
            concept = "Late rows")
    public static class RemovesHoursByTheNewestPayment extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Short());
        }

        private static final class Short extends Hours {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
                List<Row> profiles = new ArrayList<>();
                super.handleInputRows(customer, rows, now).foreach(profiles::add);
                NavigableMap<Long, Paid> known = known();
                known.headMap(known.lastKey() - 30 * 24, true).keySet().forEach(hours::removeKey);
                return CollectionConverters.asScala(profiles.iterator());
            }
        }
    }

    @Misconception(
            believed = "An hour counts for 720 hours, its own among them, so it can go when the last of them begins.",
            really =
                    "It counts for all payments of that last hour, and they can arrive until the watermark has passed the "
                            + "hour's end. Removed at its beginning, the hour is missing from the profiles of late payments.",
            concept = "Late rows")
    public static class RemovesHoursAnHourTooEarly extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new TooEarly());
        }

        private static final class TooEarly extends Hours {
            private static final long HOURS = 30 * 24 - 1;
            private static final long HOUR = 3_600_000;

            @Override
            void keep(long hour, Paid paid) {
                getHandle().registerTimer((hour + HOURS) * HOUR);
                hours.updateValue(hour, new Tuple2<>(paid.count(), paid.cents()));
            }

            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    Integer customer, TimerValues now, ExpiredTimerInfo timer) {
                hours.removeKey(timer.getExpiryTimeInMs() / HOUR - HOURS);
                return CollectionConverters.asScala(List.<Row>of().iterator());
            }
        }
    }

    @Misconception(
            believed = "A double is exact enough for a mean that is rounded to the cent.",
            really =
                    "1.005 has no double: the nearest is a little smaller and is rounded to 1.00. Means of amounts that "
                            + "end in half a cent are common. Add and divide decimals, or whole cents.",
            concept = "Money")
    public static class ComputesMeansAsDoubles extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Doubles());
        }

        private static final class Doubles extends Hours {
            @Override
            Row profile(Row payment, long hour, NavigableMap<Long, Paid> known) {
                List<Object> profile = new ArrayList<>(List.of(payment.getAs("id"), payment.getAs("customer")));
                for (int days : List.of(1, 7, 30)) {
                    Paid paid = paid(hour, days, known);
                    profile.add(paid.count());
                    profile.add(new BigDecimal(paid.cents() / 100.0 / paid.count()).setScale(2, RoundingMode.HALF_UP));
                }
                return RowFactory.create(profile.toArray());
            }
        }
    }

    @Misconception(
            believed = "withWatermark drops late rows, wherever I call it.",
            really = "A watermark alone drops nothing. Stateful operators drop rows, and "
                    + "transformWithState only in event-time mode. With TimeMode.None() it accepts every "
                    + "payment, however old.",
            concept = "Late rows")
    public static class UsesNoTimeMode extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return profiles(payments.withWatermark("time", "1 day"), new Untimed(), TimeMode.None());
        }

        private static final class Untimed extends Hours {
            @Override
            void keep(long hour, Paid paid) {
                hours.updateValue(hour, new Tuple2<>(paid.count(), paid.cents()));
            }
        }
    }

    @Misconception(
            believed = "A payment is small: I keep them all for thirty days and have exact windows.",
            really = "A card used by a bot may pay every second. Thirty days of it are two and a half "
                    + "million rows, read again for each payment. With hours there are 720, however many "
                    + "payments.",
            concept = "Bounded state")
    public static class KeepsEveryPayment extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Payments());
        }

        private static final class Payments extends Hours {
            private transient MapState<Long, Tuple2<Long, Long>> payments;

            @Override
            public void init(OutputMode mode, TimeMode time) {
                payments = getHandle()
                        .getMapState(
                                "payments",
                                Encoders.LONG(),
                                Encoders.tuple(Encoders.LONG(), Encoders.LONG()),
                                TTLConfig.NONE());
            }

            @Override
            NavigableMap<Long, Paid> known() {
                NavigableMap<Long, Paid> known = new TreeMap<>();
                CollectionConverters.asJava(payments.values())
                        .forEachRemaining(of -> known.merge(of._1(), new Paid(1, of._2()), Paid::plus));
                return known;
            }

            @Override
            Row profile(Row payment, long hour, NavigableMap<Long, Paid> known) {
                payments.updateValue(
                        payment.getAs("id"), new Tuple2<>(hour, Paid.by(payment).cents()));
                return super.profile(payment, hour, known);
            }

            @Override
            void keep(long hour, Paid paid) {
                // no hours: the payments are the state
            }
        }
    }

    @Misconception(
            believed = "I remove a card's old hours whenever it pays again.",
            really = "A card that is never used again has no next payment, and its hours stay forever. In "
                    + "the end most cards are of this kind. Only a timer calls the processor without a "
                    + "payment.",
            concept = "Timers")
    public static class RemovesHoursOnlyAtTheNextPayment extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withProcessor(payments, new Lazy());
        }

        private static final class Lazy extends Hours {
            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    Integer customer, scala.collection.Iterator<Row> rows, TimerValues now) {
                List<Row> profiles = new ArrayList<>();
                super.handleInputRows(customer, rows, now).foreach(profiles::add);
                known().headMap(now.getCurrentWatermarkInMs() / 3_600_000 - 30 * 24, true)
                        .keySet()
                        .forEach(hours::removeKey);
                return CollectionConverters.asScala(profiles.iterator());
            }

            @Override
            void keep(long hour, Paid paid) {
                hours.updateValue(hour, new Tuple2<>(paid.count(), paid.cents()));
            }
        }
    }

    private static Dataset<Row> withProcessor(Dataset<Row> payments, StatefulProcessor<Integer, Row, Row> processor) {
        return CardProfile.profiles(payments.withWatermark("time", "1 day"), processor, TimeMode.EventTime());
    }
}
