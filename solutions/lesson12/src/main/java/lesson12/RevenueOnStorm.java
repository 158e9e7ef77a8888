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
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Tuple;
import workbook.kit.engines.Revenue;
import workbook.kit.storm.PaymentTuples;

/**
 * The bolt keeps the tuples of open hours, not their sums: it needs them as anchors, and acks them when their hour is
 * emitted. Until then they are pending, so the spout is the store from which a new worker's bolt gets its state again. The
 * newest payment belongs to an open hour and is among them: the clock comes back, too.
 */
public class RevenueOnStorm {

    public IRichBolt revenue() {
        return new HourlyRevenue();
    }

    private record Group(Instant hour, Integer terminal) {}

    private static final class HourlyRevenue extends BaseRichBolt {

        private static final Duration OPEN = Duration.ofMinutes(90);

        private transient OutputCollector collector;
        private transient Map<Group, Map<Long, Tuple>> open;
        private transient Instant newest;

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
            open = new HashMap<>();
            newest = Instant.MIN;
        }

        @Override
        public void execute(Tuple tuple) {
            Instant time = PaymentTuples.payment(tuple).time();
            Group group = new Group(
                    time.truncatedTo(ChronoUnit.HOURS),
                    PaymentTuples.payment(tuple).terminal());
            if (isFinal(group)) {
                collector.ack(tuple);
                return;
            }
            open.computeIfAbsent(group, none -> new LinkedHashMap<>()).put(tuple.getLongByField("offset"), tuple);
            newest = time.isAfter(newest) ? time : newest;
            List<Group> due = open.keySet().stream().filter(this::isFinal).toList();
            due.forEach(one -> emit(one, open.remove(one).values()));
        }

        private boolean isFinal(Group group) {
            return !newest.isBefore(group.hour().plus(OPEN));
        }

        private void emit(Group group, Collection<Tuple> payments) {
            BigDecimal sum = payments.stream()
                    .map(tuple -> PaymentTuples.payment(tuple).amount())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            collector.emit(payments, PaymentTuples.values(new Revenue(group.hour(), group.terminal(), sum)));
            payments.forEach(collector::ack);
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(PaymentTuples.REVENUE);
        }
    }
}
