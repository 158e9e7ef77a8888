package workbook.kit.storm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.storm.Config;
import org.apache.storm.generated.ComponentCommon;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.metrics2.StormMetricRegistry;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.MessageId;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.TupleImpl;
import org.apache.storm.utils.Utils;

/** A topology of one spout and one bolt, each with one task, as a worker knows it. */
final class OneBoltTopology {

    /** A message timeout of a day, longer than any window, and watermarks that no timer makes. */
    private static final Map<String, Object> SETTINGS = Map.of(
            Config.TOPOLOGY_MESSAGE_TIMEOUT_SECS,
            86_400,
            Config.TOPOLOGY_BOLTS_WATERMARK_EVENT_INTERVAL_MS,
            Integer.MAX_VALUE,
            Config.TOPOLOGY_DEBUG,
            true); // checks the number of fields of each tuple

    private static final String SPOUT = "spout";
    private static final int SPOUT_TASK = 1;
    private static final String BOLT = "bolt";
    private static final int BOLT_TASK = 2;

    private final StormTopology topology;
    private final TopologyContext context;
    private final Random ids = new Random(1);

    /** @param input the fields of the spout's tuples */
    OneBoltTopology(IRichBolt bolt, List<String> input) {
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout(SPOUT, new InputFields(input));
        builder.setBolt(BOLT, bolt).globalGrouping(SPOUT);
        topology = builder.createTopology();
        context = newContext();
    }

    private TopologyContext newContext() {
        return new TopologyContext(
                topology,
                SETTINGS,
                Map.of(SPOUT_TASK, SPOUT, BOLT_TASK, BOLT),
                Map.of(SPOUT, List.of(SPOUT_TASK), BOLT, List.of(BOLT_TASK)),
                Map.of(
                        SPOUT, streams(topology.get_spouts().get(SPOUT).get_common()),
                        BOLT, outputs()),
                Map.of(),
                "checkpoint",
                "",
                "",
                BOLT_TASK,
                0,
                List.of(SPOUT_TASK, BOLT_TASK),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new AtomicBoolean(),
                new StormMetricRegistry());
    }

    private static Map<String, Fields> streams(ComponentCommon component) {
        return component.get_streams().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        stream -> new Fields(stream.getValue().get_output_fields())));
    }

    /** The fields of each stream that the bolt declares. */
    Map<String, Fields> outputs() {
        return streams(topology.get_bolts().get(BOLT).get_common());
    }

    TopologyContext context() {
        return context;
    }

    /** The settings of the bolt, and the topology's for all it must not change. */
    Map<String, Object> settings() {
        String own = topology.get_bolts().get(BOLT).get_common().get_json_conf();
        Map<String, Object> settings = new HashMap<>(own == null ? Map.of() : Utils.parseJson(own));
        settings.putAll(SETTINGS);
        return settings;
    }

    /** The bolt as it arrives at a worker. */
    IRichBolt copyOfBolt() {
        Utils.setClassLoaderForJavaDeSerialize(Thread.currentThread().getContextClassLoader());
        try {
            return Utils.javaDeserialize(
                    topology.get_bolts().get(BOLT).get_bolt_object().get_serialized_java(), IRichBolt.class);
        } finally {
            Utils.resetClassLoaderForJavaDeSerialize();
        }
    }

    /** A tuple from the spout, the root of a tree. */
    Tuple input(List<Object> values) {
        MessageId id = MessageId.makeRootId(MessageId.generateId(ids), MessageId.generateId(ids));
        return new TupleImpl(context, values, SPOUT, SPOUT_TASK, Utils.DEFAULT_STREAM_ID, id);
    }

    /** @throws IllegalArgumentException if the bolt has not declared such a tuple */
    Tuple output(String stream, List<Object> values) {
        return new TupleImpl(context, values, BOLT, BOLT_TASK, stream);
    }

    /** Declares the fields of the input. */
    private static final class InputFields extends BaseRichSpout {

        private final ArrayList<String> fields;

        InputFields(List<String> fields) {
            this.fields = new ArrayList<>(fields);
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields(fields));
        }

        @Override
        public void open(Map<String, Object> settings, TopologyContext context, SpoutOutputCollector collector) {
            // only its declaration is used
        }

        @Override
        public void nextTuple() {
            // only its declaration is used
        }
    }
}
