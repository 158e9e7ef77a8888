///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/storm/src/main/java/workbook/kit/storm/*.java
package lesson12;

import java.time.*;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.Callable;
import org.apache.storm.task.*;
import org.apache.storm.topology.*;
import org.apache.storm.topology.base.*;
import org.apache.storm.tuple.*;
import org.apache.storm.windowing.TupleWindow;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.engines.*;
import workbook.kit.storm.*;

/** How many payments does each hour have? A bolt keeps the hours itself, or leaves that to Storm's windows. */
@Command(description = "Payments per hour in a bolt of Storm.", mixinStandardHelpOptions = true)
public class OnStorm implements Callable<Integer> {

    @Option(
            names = "--minutes",
            defaultValue = "30",
            description = "minutes for late payments (default: ${DEFAULT-VALUE})")
    int minutes;

    @Option(names = "--windowed", description = "use Storm's windows; the minutes are their lag")
    boolean windowed;

    /** Counts the payments of each hour of event time. A worker that dies loses its counts. */
    static class Hours extends BaseRichBolt {

        private final TreeMap<Instant, Long> counts = new TreeMap<>();
        private final Duration open;
        private Instant newest = Instant.MIN;
        private transient OutputCollector collector;

        Hours(int minutes) {
            open = Duration.ofHours(1).plusMinutes(minutes);
        }

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(Tuple tuple) {
            Instant time = PaymentTuples.payment(tuple).time();
            newest = time.isAfter(newest) ? time : newest;
            Instant hour = time.truncatedTo(ChronoUnit.HOURS);
            if (!isOver(hour)) {
                counts.merge(hour, 1L, Long::sum);
            }
            while (!counts.isEmpty() && isOver(counts.firstKey())) {
                Map.Entry<Instant, Long> count = counts.pollFirstEntry();
                collector.emit(tuple, new Values(count.getKey(), count.getValue()));
            }
            collector.ack(tuple);
        }

        private boolean isOver(Instant hour) {
            return !newest.isBefore(hour.plus(open));
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("hour", "payments"));
        }
    }

    /** Counts the payments of each window. Storm anchors what it emits to them, and acks. */
    static class Windows extends BaseWindowedBolt {

        private transient OutputCollector collector;

        Windows(int lag) {
            withTumblingWindow(Duration.hours(1));
            withTimestampExtractor(tuple -> PaymentTuples.payment(tuple).time().toEpochMilli());
            withLag(Duration.minutes(lag));
        }

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(TupleWindow window) {
            long payments = window.get().size();
            collector.emit(new Values(Instant.ofEpochMilli(window.getStartTimestamp()), payments));
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("hour", "payments"));
        }
    }

    /** Calls a bolt with payments. Each is followed by a watermark. */
    static void run(IRichBolt counts, List<ReceivedPayment> payments, LocalBolt.Output output) {
        try (LocalBolt bolt = new LocalBolt(counts, PaymentTuples.PAYMENT.toList())) {
            bolt.start(output);
            for (ReceivedPayment payment : payments) {
                bolt.execute(bolt.tuple(PaymentTuples.values(payment)));
                bolt.advanceWatermark();
            }
        }
    }

    @Override
    public Integer call() {
        IRichBolt counts = windowed ? new WindowedBoltExecutor(new Windows(minutes)) : new Hours(minutes);
        TextTable table = new TextTable("%-20s  %s").row("hour", "payments");
        run(
                counts,
                DemoPayments.inOrderOfArrival(),
                (anchors, count) -> table.row(count.getValue(0), count.getValue(1)));
        return 0;
    }

    public static void main(String... args) {
        Program.run(new OnStorm(), args);
    }
}
