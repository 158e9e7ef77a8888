//SOURCES ../../../kit/storm/src/main/java/workbook/kit/storm/*.java
package lesson12;

import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.storm.Config;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.topology.WindowedBoltExecutor;
import org.apache.storm.topology.base.BaseWindowedBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;
import org.apache.storm.tuple.Values;
import org.apache.storm.utils.Utils;
import org.apache.storm.windowing.TupleWindow;
import workbook.kit.engines.ReceivedPayment;

/**
 * A windowed bolt of Storm, called as a worker calls it, but without a cluster. Each partition is read by a task of one
 * spout. A timer makes watermarks, by default once a second; here one follows each payment, so that every run is the same.
 */
final class CountsOnStorm implements HourlyCounts {

    private static final String SPOUT = "payments";
    private static final String BOLT = "counts";
    private static final Fields TIME = new Fields("time");
    private static final Fields COUNT = new Fields("hour", "payments");

    /** A message timeout that is longer than the window, and no watermarks by the timer. */
    private static final Map<String, Object> SETTINGS = Map.of(
            Config.TOPOLOGY_MESSAGE_TIMEOUT_SECS,
            86_400,
            Config.TOPOLOGY_BOLTS_WATERMARK_EVENT_INTERVAL_MS,
            Integer.MAX_VALUE);

    /** Emits the number of tuples in each window. */
    static final class Count extends BaseWindowedBolt {

        private transient OutputCollector collector;

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(TupleWindow hour) {
            collector.emit(new Values(Instant.ofEpochMilli(hour.getStartTimestamp()), (long)
                    hour.get().size()));
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(COUNT);
        }
    }

    /** The bolt as a topology has it. */
    private static BaseWindowedBolt counts() {
        return new Count()
                .withTumblingWindow(BaseWindowedBolt.Duration.hours(1))
                .withLag(BaseWindowedBolt.Duration.of((int) BOUND.toMillis()))
                .withTimestampExtractor(tuple -> ((Instant) tuple.getValueByField("time")).toEpochMilli());
    }

    @Override
    public List<Hour> emitted(List<List<ReceivedPayment>> partitions) throws ReflectiveOperationException {
        List<Hour> emitted = new ArrayList<>();
        WindowedBoltExecutor bolt = new WindowedBoltExecutor(counts());
        Map<String, Object> settings = new HashMap<>(bolt.getComponentConfiguration());
        settings.putAll(SETTINGS);
        TopologyContext context = context(partitions.size());
        bolt.prepare(settings, context, new Collector(emitted));
        for (int task = 0; task < partitions.size(); task++) {
            for (ReceivedPayment payment : partitions.get(task)) {
                bolt.execute(new TupleImpl(context, new Values(payment.time()), SPOUT, task, Utils.DEFAULT_STREAM_ID));
                advanceWatermark(bolt);
            }
        }
        bolt.cleanup();
        return emitted;
    }

    /** Does what the timer does. */
    private static void advanceWatermark(WindowedBoltExecutor bolt) throws ReflectiveOperationException {
        Field generator = WindowedBoltExecutor.class.getDeclaredField("waterMarkEventGenerator");
        generator.setAccessible(true);
        ((Runnable) generator.get(bolt)).run();
    }

    /** A worker with the tasks of the spout, and one of the bolt. */
    private static TopologyContext context(int spoutTasks) {
        TopologyBuilder builder = new TopologyBuilder();
        builder.setBolt(BOLT, counts()).globalGrouping(SPOUT);
        List<Integer> spouts = IntStream.range(0, spoutTasks).boxed().toList();
        Map<Integer, String> components = new HashMap<>(Map.of(spoutTasks, BOLT));
        spouts.forEach(task -> components.put(task, SPOUT));
        return new TopologyContext(
                builder.createTopology(),
                SETTINGS,
                components,
                Map.of(SPOUT, spouts, BOLT, List.of(spoutTasks)),
                Map.of(
                        SPOUT, Map.of(Utils.DEFAULT_STREAM_ID, TIME),
                        BOLT, Map.of(Utils.DEFAULT_STREAM_ID, COUNT)),
                Map.of(),
                "topology",
                "",
                "",
                spoutTasks,
                0,
                List.copyOf(components.keySet()),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new AtomicBoolean(),
                new StormMetricRegistry());
    }

    /** Keeps what the bolt emits. */
    private static final class Collector extends OutputCollector {

        private final List<Hour> emitted;

        Collector(List<Hour> emitted) {
            super(null);
            this.emitted = emitted;
        }

        @Override
        public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
            emitted.add(new Hour((Instant) values.get(0), (Long) values.get(1)));
            return List.of();
        }

        @Override
        public void ack(Tuple tuple) {
            // no spout waits
        }
    }
}
