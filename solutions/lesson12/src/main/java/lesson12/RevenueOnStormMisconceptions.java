package lesson12;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.WindowedBoltExecutor;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.topology.base.BaseWindowedBolt;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.windowing.TupleWindow;
import workbook.check.diagnose.Misconception;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;
import workbook.kit.storm.PaymentTuples;

/** Wrong answers to {@link RevenueOnStorm} that people really give. */
public final class RevenueOnStormMisconceptions {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofMinutes(30);

    private RevenueOnStormMisconceptions() {}

    @Misconception(
            believed = "A bolt emits a tuple for each tuple that it gets.",
            really = "It emits what and when it wants. A sum that is emitted with each payment is an update: "
                    + "nothing says which one is final.",
            concept = "Acking")
    public static class EmitsEveryUpdate extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            void received(Group group, Tuple tuple) {
                emit(group, open(group));
            }

            @Override
            void due(Group group, Collection<Tuple> payments) {
                payments.forEach(this::ack);
            }
        }
    }

    @Misconception(
            believed = "ack says that the tuple has arrived.",
            really = "It says that the spout may forget it. The bolt has the only copy then, in its memory: if "
                    + "the worker dies, the open hours are lost.",
            concept = "Acking")
    public static class AcksOnReceipt extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            void received(Group group, Tuple tuple) {
                ack(tuple);
            }
        }
    }

    @Misconception(
            believed = "Storm acks a tuple when execute returns without an exception.",
            really = "Only a BaseBasicBolt acks by itself. With a BaseRichBolt a tuple that is never acked "
                    + "stays pending: it is emitted again after each message timeout, and the spout stops at "
                    + "topology.max.spout.pending.",
            concept = "Acking")
    public static class LeavesAckingToStorm extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            void ack(Tuple tuple) {
                // Storm does it
            }
        }
    }

    @Misconception(
            believed = "A tuple that is emitted belongs to the tuple that execute got.",
            really = "Only if it is anchored: emit(anchors, values). Without anchors nobody waits for it. The "
                    + "payments are acked, the worker dies before the next bolt has processed the hour, and the "
                    + "hour is lost.",
            concept = "Acking")
    public static class EmitsWithoutAnchors extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            void emit(Group group, Collection<Tuple> payments) {
                collector.emit(values(group, payments));
            }
        }
    }

    @Misconception(
            believed = "One anchor is enough: it tells Storm where the tuple comes from.",
            really = "An anchor adds the tuple to the tree of one payment. The other payments of the hour are "
                    + "complete when they are acked. If the hour is lost, only one payment comes again, and the "
                    + "sum is wrong.",
            concept = "Acking")
    public static class AnchorsToOnePayment extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            void emit(Group group, Collection<Tuple> payments) {
                Tuple last = List.copyOf(payments).get(payments.size() - 1);
                collector.emit(last, values(group, payments));
            }
        }
    }

    @Misconception(
            believed = "Storm delivers each tuple once.",
            really = "At least once: a tuple that was not acked in time is emitted again, while the bolt still "
                    + "has the first copy. The sum counts both, unless the bolt knows the payment by something "
                    + "that stays the same, such as its offset.",
            concept = "Delivery guarantees")
    public static class CountsEveryCopy extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            Object identity(Tuple tuple) {
                return new Object();
            }
        }
    }

    @Misconception(
            believed = "Two tuples with the same id are copies of one payment.",
            really = "An id is part of the data: it may be null, and two payments may have the same one. Both "
                    + "count. What identifies a record of a topic is its offset.",
            concept = "Delivery guarantees")
    public static class KnowsCopiesByTheirId extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            Object identity(Tuple tuple) {
                return Optional.ofNullable(tuple.getLongByField("id"));
            }
        }
    }

    @Misconception(
            believed = "fail(tuple) rejects a tuple.",
            really = "It asks for the tuple again. A payment that is too late is so for ever, so it comes "
                    + "again and again. What the bolt has decided to leave out has to be acked.",
            concept = "Acking")
    public static class FailsLatePayments extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            void tooLate(Tuple tuple) {
                collector.fail(tuple);
            }
        }
    }

    @Misconception(
            believed = "The first payment of the next hour ends an hour.",
            really = "Payments do not arrive in the order of their times. An hour that does not wait loses "
                    + "what comes late.",
            concept = "Late rows")
    public static class ClosesAnHourAtItsEnd extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            boolean isFinal(Group group) {
                return !newest.isBefore(group.hour().plus(HOUR));
            }
        }
    }

    @Misconception(
            believed = "The hour is over when the clock on the wall says so.",
            really = "Event time is the time of the payments. Read again a month later, every hour of them is "
                    + "long over by the wall clock, and all payments are too late.",
            concept = "Event time")
    public static class GoesByTheWallClock extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            boolean isFinal(Group group) {
                return !Instant.now().isBefore(group.hour().plus(HOUR).plus(GRACE));
            }
        }
    }

    @Misconception(
            believed = "A window is identified by its end.",
            really = "An hour includes its start and excludes its end. The payments from nine to ten are the "
                    + "hour from nine; the next hour begins at ten.",
            concept = "Windows")
    public static class NamesAnHourByItsEnd extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            Instant name(Instant hour) {
                return hour.plus(HOUR);
            }
        }
    }

    @Misconception(
            believed = "A double is good enough for money.",
            really = "Ten cents have no exact double: three times 0.1 is 0.30000000000000004. Payments have "
                    + "decimals, whose sums are exact and do not depend on the order of the rows.",
            concept = "Money")
    public static class SumsDoubles extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            BigDecimal sum(Collection<Tuple> payments) {
                return BigDecimal.valueOf(payments.stream()
                        .map(tuple -> PaymentTuples.payment(tuple).amount().doubleValue())
                        .reduce(0.0, (sum, amount) -> sum + amount));
            }
        }
    }

    @Misconception(
            believed = "An amount below zero is an error: revenue is what was paid.",
            really = "It is a refund, and belongs to the revenue: the sum is what was paid minus what was paid "
                    + "back.",
            concept = "Money")
    public static class LeavesRefundsOut extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            boolean counts(ReceivedPayment payment) {
                return payment.amount().signum() >= 0;
            }
        }
    }

    @Misconception(
            believed = "A payment without a terminal belongs to no group.",
            really = "Null is a value that means unknown. The money was paid: the payments without a terminal "
                    + "are a group of their own.",
            concept = "Nulls")
    public static class LeavesOutPaymentsWithoutATerminal extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Bolt();
        }

        private static final class Bolt extends Hours {
            @Override
            boolean counts(ReceivedPayment payment) {
                return payment.terminal() != null;
            }
        }
    }

    @Misconception(
            believed = "withTumblingWindow(1 hour) are the hours from nine to ten, from ten to eleven.",
            really = "A window of Storm excludes its start and includes its end. The payment of 10:00:00 "
                    + "belongs to the window that ends at ten, and with it to the hour from nine.",
            concept = "Windows of Storm")
    public static class TrustsTheWindowsOfStorm extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new WindowedBoltExecutor(new Window(Duration.ZERO));
        }
    }

    @Misconception(
            believed = "A payment may be thirty minutes late: withTumblingWindow(1 hour).withLag(30 minutes).",
            really = "The hour is final or not, not the payment: at 10:29 the hour from nine is open, and one "
                    + "of 9:01 counts. A windowed bolt of Storm drops each tuple that is older than the newest "
                    + "time minus the lag, though its window is open.",
            concept = "Windows of Storm")
    public static class TakesTheLagForAGracePeriod extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new WindowedBoltExecutor(new Window(Duration.ofMillis(1)));
        }
    }

    private record Group(Instant hour, Integer terminal) {}

    /** The answer's bolt. What a misconception changes is a method. */
    private abstract static class Hours extends BaseRichBolt {

        transient OutputCollector collector;
        transient Instant newest;
        private transient Map<Group, Map<Object, Tuple>> open;

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
            open = new HashMap<>();
            newest = Instant.MIN;
        }

        @Override
        public void execute(Tuple tuple) {
            ReceivedPayment payment = PaymentTuples.payment(tuple);
            Group group = new Group(payment.time().truncatedTo(ChronoUnit.HOURS), payment.terminal());
            if (isFinal(group) || !counts(payment)) {
                tooLate(tuple);
                return;
            }
            open.computeIfAbsent(group, none -> new LinkedHashMap<>()).put(identity(tuple), tuple);
            newest = payment.time().isAfter(newest) ? payment.time() : newest;
            received(group, tuple);
            List<Group> due = open.keySet().stream().filter(this::isFinal).toList();
            due.forEach(one -> due(one, open.remove(one).values()));
        }

        Collection<Tuple> open(Group group) {
            return open.get(group).values();
        }

        Object identity(Tuple tuple) {
            return tuple.getLongByField("offset");
        }

        boolean counts(ReceivedPayment payment) {
            return true;
        }

        boolean isFinal(Group group) {
            return !newest.isBefore(group.hour().plus(HOUR).plus(GRACE));
        }

        void tooLate(Tuple tuple) {
            ack(tuple);
        }

        void received(Group group, Tuple tuple) {
            // the sum is emitted later
        }

        void due(Group group, Collection<Tuple> payments) {
            emit(group, payments);
            payments.forEach(this::ack);
        }

        void emit(Group group, Collection<Tuple> payments) {
            collector.emit(payments, values(group, payments));
        }

        void ack(Tuple tuple) {
            collector.ack(tuple);
        }

        List<Object> values(Group group, Collection<Tuple> payments) {
            return PaymentTuples.values(new Revenue(name(group.hour()), group.terminal(), sum(payments)));
        }

        Instant name(Instant hour) {
            return hour;
        }

        BigDecimal sum(Collection<Tuple> payments) {
            return RevenueOnStormMisconceptions.sum(payments);
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(PaymentTuples.REVENUE);
        }
    }

    /** Hours as Storm's windows, which anchor and ack by themselves. */
    private static final class Window extends BaseWindowedBolt {

        private transient OutputCollector collector;

        /** @param shift added to the times of payments, so that a window begins with its start */
        Window(java.time.Duration shift) {
            long millis = shift.toMillis();
            withTumblingWindow(Duration.hours(1));
            withLag(Duration.of((int) (GRACE.toMillis() + millis)));
            withTimestampExtractor(tuple -> PaymentTuples.payment(tuple).time().toEpochMilli() + millis);
        }

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(TupleWindow window) {
            Instant hour = Instant.ofEpochMilli(window.getStartTimestamp());
            Map<Optional<Integer>, Map<Long, Tuple>> terminals = window.get().stream()
                    .collect(Collectors.groupingBy(
                            tuple -> Optional.ofNullable(
                                    PaymentTuples.payment(tuple).terminal()),
                            Collectors.toMap(
                                    tuple -> tuple.getLongByField("offset"), tuple -> tuple, (one, copy) -> copy)));
            terminals.forEach((terminal, payments) -> collector.emit(
                    PaymentTuples.values(new Revenue(hour, terminal.orElse(null), sum(payments.values())))));
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(PaymentTuples.REVENUE);
        }
    }

    private static BigDecimal sum(Collection<Tuple> payments) {
        return payments.stream()
                .map(tuple -> PaymentTuples.payment(tuple).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
