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
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link CardProfile} that people really give. */
public final class CardProfileMisconceptions {

    private CardProfileMisconceptions() {}

    @Misconception(
            believed = "A payment happens when I handle it: the hour is the clock's.",
            really = "The clock on the wall says when the query ran, not when anybody paid. After a standstill, or when"
                    + " the archive is read again, months of payments fall into one hour, and every window holds all"
                    + " of them.",
            concept = "Event time")
    public static class TakesTheHourFromTheClock extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new ByTheClock());
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
            believed = "With a TTL of thirty days the state forgets by itself what is older, so the sum of all that is"
                    + " there is the sum of thirty days.",
            really =
                    "A TTL counts from the moment a value was written, by the clock on the wall; event time has nothing"
                            + " to do with it. What is read in one go is all of the same age. A TTL may clear up; it is no window.",
            concept = "TTL")
    public static class TakesTheTtlForTheWindow extends CardProfile {
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
            believed = "A counter for each window, set back when its day, its week or its thirty days are over.",
            really = "These are windows that stand side by side. The last day is one that slides: after midnight such a"
                    + " counter knows nothing of the evening, and in the last hour of its week it knows seven days,"
                    + " in the first one hour.",
            concept = "Windows")
    public static class SetsCountersBack extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new SetBack());
        }

        private static final class SetBack extends Hours {
            @Override
            Paid paid(long hour, int days, NavigableMap<Long, Paid> known) {
                return sum(known.subMap(hour - hour % (24L * days), true, hour, true));
            }
        }
    }

    @Misconception(
            believed = "The last day is what was paid in the last 24 hours, to the second.",
            really =
                    "Who wants it to the second has to keep every payment of thirty days. In whole hours, two numbers an"
                            + " hour are enough, whatever happens; that is why the day was agreed to be 24 hours of the clock.",
            concept = "Bounded state")
    public static class CountsToTheSecond extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Seconds());
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
            believed = "Whatever is younger than a day belongs to the last day.",
            really =
                    "To the last day of the newest payment, yes. A payment that comes late looks back from its own hour;"
                            + " what has been paid since is not its past, although it is here already. A window has two ends.",
            concept = "Late rows")
    public static class LeavesTheWindowOpen extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Open());
        }

        private static final class Open extends Hours {
            @Override
            Paid paid(long hour, int days, NavigableMap<Long, Paid> known) {
                return sum(known.tailMap(hour - 24L * days, false));
            }
        }
    }

    @Misconception(
            believed = "The rows of a batch come in the order of their times.",
            really =
                    "They come in whatever order files, partitions and shuffles have left them. Where order matters, sort"
                            + " what you are given.",
            concept = "Micro-batches")
    public static class TakesRowsAsTheyCome extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new AsTheyCome());
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
            believed = "I keep each hour's mean, and take the mean of those.",
            really = "An hour with one payment then weighs as much as an hour with fifty. Sums and counts can be added,"
                    + " means cannot: make them last.",
            concept = "Aggregation")
    public static class TakesTheMeanOfMeans extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Means());
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
            believed = "Spark hands me a card's payments together, so I add them all up and then write the profiles.",
            really = "Where a batch begins and ends is chance. So a payment's figures depend on what happened to come"
                    + " with it, payments after it included; read again in larger batches, the same payments get other"
                    + " figures, and a model has learnt from the future.",
            concept = "Micro-batches")
    public static class AddsUpTheBatchFirst extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new AllAtOnce());
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
            really = "Then it counts for a day from its arrival, and not for the day in which it was made. Its own hour"
                    + " is still there: that is what the day of waiting is for.",
            concept = "Late rows")
    public static class CountsALatePaymentInTheNewestHour extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Forwards());
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
            believed = "What is a day behind the newest payment is too late, the newest of its own batch included.",
            really =
                    "The watermark moves when a batch is over. What comes in the same batch as the newest payment has met"
                            + " the watermark of the batches before, and is not late, however far behind it is.",
            concept = "Late rows")
    public static class LeavesOutWhatIsLateInItsBatch extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Strict());
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
            believed = "What is thirty days older than the newest payment can go.",
            really = "A payment that is a day late looks back thirty days from its own time, not from the newest. What"
                    + " may go is what is thirty days older than the watermark.",
            concept = "Late rows")
    public static class ForgetsByTheNewest extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Short());
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
            believed = "withWatermark drops what is too late, wherever it stands.",
            really =
                    "A watermark drops nothing by itself: operators with state do, and transformWithState only where its"
                            + " time is event time. With TimeMode.None() every payment comes through, however old.",
            concept = "Late rows")
    public static class LeavesTimeOut extends CardProfile {
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
            believed = "A payment is small: I keep them all for thirty days and have the exact windows.",
            really = "One card in the hands of a robot pays every second, and thirty days of it are two and a half"
                    + " million rows, read again for each payment. With hours it is 720, whatever happens.",
            concept = "Bounded state")
    public static class KeepsEveryPayment extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Payments());
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
                // the payments are kept
            }
        }
    }

    @Misconception(
            believed = "Whoever comes again finds the old hours removed: I clear up whenever a card's payments come.",
            really = "A card that is never used again has no next payment, and its hours stay for ever. Most cards that"
                    + " have ever been seen are of this kind in the end. Only a timer comes without a payment.",
            concept = "Timers")
    public static class ClearsUpOnTheNextPayment extends CardProfile {
        @Override
        public Dataset<Row> profiles(Dataset<Row> payments) {
            return withMemory(payments, new Lazy());
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

    private static Dataset<Row> withMemory(Dataset<Row> payments, StatefulProcessor<Integer, Row, Row> memory) {
        return CardProfile.profiles(payments.withWatermark("time", "1 day"), memory, TimeMode.EventTime());
    }
}
