package lesson12;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;
import workbook.kit.storm.PaymentTuples;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class RevenueOnStormAlternatives {

    /** Sums by hour, and beside them the offsets they contain. A second copy of a tuple is kept and acked, too. */
    public static class AddsUpAtOnce extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Sums();
        }

        private static final class Hour {
            private final Map<Integer, BigDecimal> sums = new HashMap<>();
            private final Set<Long> offsets = new HashSet<>();
            private final List<Tuple> tuples = new ArrayList<>();

            void add(Tuple tuple) {
                tuples.add(tuple);
                if (offsets.add(tuple.getLongByField("offset"))) {
                    ReceivedPayment payment = PaymentTuples.payment(tuple);
                    sums.merge(payment.terminal(), payment.amount(), BigDecimal::add);
                }
            }
        }

        private static final class Sums extends BaseRichBolt {

            private final NavigableMap<Instant, Hour> hours = new TreeMap<>();
            private long newest = Long.MIN_VALUE;
            private transient OutputCollector collector;

            @Override
            public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
                this.collector = collector;
            }

            @Override
            public void execute(Tuple tuple) {
                Instant time = PaymentTuples.payment(tuple).time();
                Instant hour = time.atZone(ZoneOffset.UTC)
                        .withMinute(0)
                        .withSecond(0)
                        .withNano(0)
                        .toInstant();
                newest = Math.max(newest, time.toEpochMilli());
                if (end(hour) <= newest) {
                    collector.ack(tuple);
                } else {
                    hours.computeIfAbsent(hour, none -> new Hour()).add(tuple);
                }
                while (!hours.isEmpty() && end(hours.firstKey()) <= newest) {
                    emit(hours.pollFirstEntry());
                }
            }

            private static long end(Instant hour) {
                return hour.plusSeconds(5_400).toEpochMilli();
            }

            private void emit(Map.Entry<Instant, Hour> hour) {
                List<Tuple> tuples = hour.getValue().tuples;
                hour.getValue()
                        .sums
                        .forEach((terminal, sum) -> collector.emit(
                                tuples, PaymentTuples.values(new Revenue(hour.getKey(), terminal, sum))));
                tuples.forEach(collector::ack);
            }

            @Override
            public void declareOutputFields(OutputFieldsDeclarer declarer) {
                declarer.declare(PaymentTuples.REVENUE);
            }
        }
    }

    /** All open tuples in one map. Groups are made when something is due; fields have another order. */
    public static class GroupsWhatIsDue extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new OpenTuples();
        }

        private static final class OpenTuples extends BaseRichBolt {

            private transient OutputCollector collector;
            private transient Map<Long, Tuple> open;
            private transient LocalDateTime clock;

            @Override
            public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
                this.collector = collector;
                this.open = new LinkedHashMap<>();
                this.clock = LocalDateTime.MIN;
            }

            @Override
            public void execute(Tuple tuple) {
                if (isOpen(tuple)) {
                    open.put(tuple.getLongByField("offset"), tuple);
                    clock = time(tuple).isAfter(clock) ? time(tuple) : clock;
                } else {
                    collector.ack(tuple);
                }
                Map<List<Object>, List<Tuple>> due = open.values().stream()
                        .filter(one -> !isOpen(one))
                        .collect(Collectors.groupingBy(one -> List.of(
                                time(one).toLocalDate().atTime(time(one).getHour(), 0),
                                Objects.toString(one.getValueByField("terminal")))));
                due.values().forEach(this::emit);
                open.values().removeIf(one -> !isOpen(one));
            }

            private void emit(List<Tuple> payments) {
                Tuple first = payments.get(0);
                long cents = payments.stream()
                        .map(one -> (BigDecimal) one.getValueByField("amount"))
                        .mapToLong(amount -> amount.movePointRight(2).longValueExact())
                        .sum();
                collector.emit(
                        payments,
                        new Values(
                                BigDecimal.valueOf(cents, 2),
                                time(first)
                                        .withMinute(0)
                                        .withSecond(0)
                                        .withNano(0)
                                        .toInstant(ZoneOffset.UTC),
                                first.getIntegerByField("terminal")));
                payments.forEach(one -> collector.ack(one));
            }

            private boolean isOpen(Tuple tuple) {
                LocalDateTime hour = time(tuple).withMinute(0).withSecond(0).withNano(0);
                return clock.isBefore(hour.plus(Duration.ofHours(1)).plusMinutes(30));
            }

            private static LocalDateTime time(Tuple tuple) {
                return LocalDateTime.ofInstant((Instant) tuple.getValueByField("time"), ZoneOffset.UTC);
            }

            @Override
            public void declareOutputFields(OutputFieldsDeclarer declarer) {
                declarer.declare(new Fields("revenue", "hour", "terminal"));
            }
        }
    }

    public static class Learnt extends RevenueOnStorm {
        @Override
        public IRichBolt revenue() {
            return new Known(super.revenue());
        }

        private static final class Known implements IRichBolt {

            private final IRichBolt bolt;
            private transient OutputCollector collector;

            Known(IRichBolt bolt) {
                this.bolt = bolt;
            }

            @Override
            public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
                this.collector = collector;
                bolt.prepare(settings, context, collector);
            }

            @Override
            public void execute(Tuple tuple) {
                Long id = tuple.getLongByField("id");
                if (id == null || id >= 1 && id <= 99) {
                    bolt.execute(tuple);
                } else {
                    collector.ack(tuple);
                }
            }

            @Override
            public void cleanup() {
                bolt.cleanup();
            }

            @Override
            public void declareOutputFields(OutputFieldsDeclarer declarer) {
                bolt.declareOutputFields(declarer);
            }

            @Override
            public Map<String, Object> getComponentConfiguration() {
                return bolt.getComponentConfiguration();
            }
        }
    }
}
