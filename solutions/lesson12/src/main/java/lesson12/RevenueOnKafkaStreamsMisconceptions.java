package lesson12;

import static workbook.kit.kafkastreams.PaymentSerdes.decimals;
import static workbook.kit.kafkastreams.PaymentSerdes.payments;
import static workbook.kit.kafkastreams.PaymentSerdes.revenues;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.kstream.Suppressed.BufferConfig;
import org.apache.kafka.streams.kstream.TimeWindowedKStream;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Window;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import workbook.check.diagnose.Misconception;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Wrong answers to {@link RevenueOnKafkaStreams} that people really give. */
public final class RevenueOnKafkaStreamsMisconceptions {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofMinutes(30);
    private static final TimeWindows HOURS = TimeWindows.ofSizeAndGrace(HOUR, GRACE);

    private RevenueOnKafkaStreamsMisconceptions() {}

    @Misconception(
            believed = "A window emits its sum when it closes.",
            really = "An aggregation is a table: each payment emits the new sum of its hour. The grace period only"
                    + " decides until when payments are accepted. suppress(untilWindowCloses(…)) holds the updates"
                    + " back and emits the last one.",
            concept = "Suppression")
    public static class EmitsEveryUpdate extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            write(sums(byTerminal(stream(builder, payments)).windowedBy(HOURS)).toStream(), revenue);
        }
    }

    @Misconception(
            believed = "Suppress the updates for thirty minutes, and each hour comes out once.",
            really = "untilTimeLimit emits an update when stream time is thirty minutes after the first payment of its "
                    + "hour, final or not, and the next update again. It reduces the number of updates. Only "
                    + "untilWindowCloses knows when a window is closed.",
            concept = "Suppression")
    public static class SuppressesForThirtyMinutes extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            KTable<Windowed<String>, BigDecimal> sums =
                    sums(byTerminal(stream(builder, payments)).windowedBy(HOURS));
            write(
                    sums.suppress(Suppressed.untilTimeLimit(GRACE, BufferConfig.unbounded()))
                            .toStream(),
                    revenue);
        }
    }

    @Misconception(
            believed = "EmitStrategy.onWindowClose() emits an hour at the moment it closes; it replaces suppress.",
            really = "It looks for closed windows only when a payment arrives, and at most once in each second of the"
                    + " wall clock. The payment that closes an hour may come within a second of another one: then"
                    + " the hour waits for the next payment after that second.",
            concept = "Suppression")
    public static class EmitsOnWindowClose extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            write(
                    sums(byTerminal(stream(builder, payments))
                                    .windowedBy(HOURS)
                                    .emitStrategy(EmitStrategy.onWindowClose()))
                            .toStream(),
                    revenue);
        }
    }

    @Misconception(
            believed = "The timestamp of a payment's record is the payment's time.",
            really = "A record's timestamp is the moment at which its producer sent it, unless the producer sets"
                    + " another. Windows go by this timestamp. A timestamp extractor takes the time from the"
                    + " payment instead.",
            concept = "Event time")
    public static class KeepsTheTimestampOfTheRecord extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            KStream<String, ReceivedPayment> sent =
                    builder.stream(payments, Consumed.with(Serdes.String(), payments()));
            write(closed(byTerminal(sent).windowedBy(HOURS)), revenue);
        }
    }

    @Misconception(
            believed = "Stream time waits for late payments by itself; a grace period is for special cases.",
            really = "Stream time is the newest timestamp, without any delay. Without a grace period an hour closes"
                    + " with the first payment after it, and late ones are dropped.",
            concept = "Stream time")
    public static class LeavesOutTheGracePeriod extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            write(
                    closed(byTerminal(stream(builder, payments)).windowedBy(TimeWindows.ofSizeWithNoGrace(HOUR))),
                    revenue);
        }
    }

    @Misconception(
            believed = "A payment of 9:01 has to count until 10:30: the grace period is ninety minutes.",
            really = "The grace period begins at the window's end, not at the payment's time. With ninety minutes every"
                    + " hour is emitted an hour too late.",
            concept = "Stream time")
    public static class CountsTheGraceFromThePayment extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            TimeWindows hours = TimeWindows.ofSizeAndGrace(HOUR, HOUR.plus(GRACE));
            write(closed(byTerminal(stream(builder, payments)).windowedBy(hours)), revenue);
        }
    }

    @Misconception(
            believed = "A payment more than thirty minutes old is late: drop it first.",
            really = "The window is late or not, not the payment. At 10:29 the hour from nine is open, and a payment of"
                    + " 9:01 counts. Its age does not matter.",
            concept = "Late rows")
    public static class DropsOldPayments extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            KStream<String, ReceivedPayment> recent = stream(builder, payments).processValues(Recent::new);
            write(closed(byTerminal(recent).windowedBy(HOURS)), revenue);
        }

        private static final class Recent
                extends ContextualFixedKeyProcessor<String, ReceivedPayment, ReceivedPayment> {
            @Override
            public void process(FixedKeyRecord<String, ReceivedPayment> payment) {
                if (payment.timestamp() >= context().currentStreamTimeMs() - GRACE.toMillis()) {
                    context().forward(payment);
                }
            }
        }
    }

    @Misconception(
            believed = "The records have keys already, so groupByKey groups them.",
            really = "It groups by the key that the records have, which is the customer here. groupBy sets another key;"
                    + " the records then go through a repartition topic, so that a group is in one partition.",
            concept = "Partitions and keys")
    public static class GroupsByTheTopicsKey extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            write(
                    closed(stream(builder, payments)
                            .groupByKey(Grouped.with(Serdes.String(), payments()))
                            .windowedBy(HOURS)),
                    revenue);
        }
    }

    @Misconception(
            believed = "Null is a key like any other: the payments without a terminal are a group.",
            really = "An aggregation skips records whose key is null, with a warning in the log and a count among the "
                    + "dropped records. A group needs a key that is not null, such as a text for it.",
            concept = "Nulls")
    public static class GroupsByNull extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            KTable<Windowed<Integer>, BigDecimal> sums = stream(builder, payments)
                    .groupBy((customer, payment) -> payment.terminal(), Grouped.with(Serdes.Integer(), payments()))
                    .windowedBy(HOURS)
                    .aggregate(
                            () -> BigDecimal.ZERO,
                            (terminal, payment, sum) -> sum.add(payment.amount()),
                            Materialized.with(Serdes.Integer(), decimals()));
            write(
                    sums.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                            .toStream((group, sum) -> new Windowed<>(String.valueOf(group.key()), group.window())),
                    revenue);
        }
    }

    @Misconception(
            believed = "advanceBy sets by how much payments may be late.",
            really = "It sets how often a window begins. With thirty minutes the windows overlap, and each payment"
                    + " counts in two of them.",
            concept = "Windows")
    public static class AdvancesByThirtyMinutes extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            write(closed(byTerminal(stream(builder, payments)).windowedBy(HOURS.advanceBy(GRACE))), revenue);
        }
    }

    @Misconception(
            believed = "A window is identified by its end.",
            really = "A window includes its start and excludes its end. The payments from nine to ten are the hour from"
                    + " nine; the next hour begins at ten.",
            concept = "Windows")
    public static class NamesAnHourByItsEnd extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            write(closed(byTerminal(stream(builder, payments)).windowedBy(HOURS)), Window::endTime, revenue);
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "Ten cents have no exact double: three times 0.1 is 0.30000000000000004. Payments have decimals,"
                    + " whose sums are exact and do not depend on the order of the rows.",
            concept = "Money")
    public static class SumsDoubles extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            KTable<Windowed<String>, Double> sums = byTerminal(stream(builder, payments))
                    .windowedBy(HOURS)
                    .aggregate(
                            () -> 0.0,
                            (terminal, payment, sum) -> sum + payment.amount().doubleValue(),
                            Materialized.with(Serdes.String(), Serdes.Double()));
            write(
                    sums.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                            .toStream()
                            .mapValues(sum -> BigDecimal.valueOf(sum)),
                    revenue);
        }
    }

    @Misconception(
            believed = "An amount below zero is an error: revenue is what was paid.",
            really = "It is a refund, and belongs to the revenue: the sum is what was paid minus what was paid back.",
            concept = "Money")
    public static class LeavesRefundsOut extends RevenueOnKafkaStreams {
        @Override
        public void revenue(StreamsBuilder builder, String payments, String revenue) {
            KStream<String, ReceivedPayment> paid = stream(builder, payments)
                    .filter((customer, payment) -> payment.amount().signum() >= 0);
            write(closed(byTerminal(paid).windowedBy(HOURS)), revenue);
        }
    }

    private static KStream<String, ReceivedPayment> stream(StreamsBuilder builder, String payments) {
        return builder.stream(
                payments,
                Consumed.with(Serdes.String(), payments())
                        .withTimestampExtractor(RevenueOnKafkaStreams::timeOfPayment));
    }

    private static KGroupedStream<String, ReceivedPayment> byTerminal(KStream<String, ReceivedPayment> payments) {
        return payments.groupBy(
                (customer, payment) -> String.valueOf(payment.terminal()), Grouped.with(Serdes.String(), payments()));
    }

    private static KTable<Windowed<String>, BigDecimal> sums(TimeWindowedKStream<String, ReceivedPayment> payments) {
        return payments.aggregate(
                () -> BigDecimal.ZERO,
                (terminal, payment, sum) -> sum.add(payment.amount()),
                Materialized.with(Serdes.String(), decimals()));
    }

    private static KStream<Windowed<String>, BigDecimal> closed(TimeWindowedKStream<String, ReceivedPayment> payments) {
        return sums(payments)
                .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()))
                .toStream();
    }

    private static void write(KStream<Windowed<String>, BigDecimal> sums, String revenue) {
        write(sums, Window::startTime, revenue);
    }

    private static void write(
            KStream<Windowed<String>, BigDecimal> sums, Function<Window, Instant> hour, String revenue) {
        sums.map((group, sum) -> KeyValue.pair(
                        group.key(),
                        new Revenue(hour.apply(group.window()), RevenueOnKafkaStreams.terminal(group.key()), sum)))
                .to(revenue, Produced.with(Serdes.String(), revenues()));
    }
}
