package workbook.check.storm;

import java.time.Instant;
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
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;
import workbook.check.script.Type;

/** A topology of one spout and the answer's bolt, each with one task. */
final class TestTopology {

    /** A message timeout of a day, longer than any window, and watermarks that no timer makes. */
    private static final Map<String, Object> SETTINGS = Map.of(
            Config.TOPOLOGY_MESSAGE_TIMEOUT_SECS,
            86_400,
            Config.TOPOLOGY_BOLTS_WATERMARK_EVENT_INTERVAL_MS,
            Integer.MAX_VALUE,
            Config.TOPOLOGY_DEBUG,
            true); // checks the number of fields of each tuple

    private static final String SPOUT = "input";
    private static final int SPOUT_TASK = 1;
    private static final String BOLT = "answer";
    private static final int BOLT_TASK = 2;

    private final StormTopology topology;
    private final TopologyContext context;
    private final Schema output;
    private final Random ids = new Random(1);

    TestTopology(IRichBolt answer, Schema input, Schema output) {
        if (answer == null) {
            throw new AssertionError("The answer returned null instead of a bolt.");
        }
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout(SPOUT, new InputFields(input.names()));
        builder.setBolt(BOLT, answer).globalGrouping(SPOUT);
        topology = builder.createTopology();
        context = newContext();
        this.output = output;
        expectOutput();
    }

    private TopologyContext newContext() {
        return new TopologyContext(
                topology,
                SETTINGS,
                Map.of(SPOUT_TASK, SPOUT, BOLT_TASK, BOLT),
                Map.of(SPOUT, List.of(SPOUT_TASK), BOLT, List.of(BOLT_TASK)),
                Map.of(
                        SPOUT, streams(topology.get_spouts().get(SPOUT).get_common()),
                        BOLT, streams(topology.get_bolts().get(BOLT).get_common())),
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

    private void expectOutput() {
        ComponentCommon bolt = topology.get_bolts().get(BOLT).get_common();
        if (!bolt.get_streams().containsKey(Utils.DEFAULT_STREAM_ID)) {
            throw new AssertionError("The bolt declares no output: call declarer.declare(…) in declareOutputFields.");
        }
        List<String> fields = bolt.get_streams().get(Utils.DEFAULT_STREAM_ID).get_output_fields();
        if (fields.size() != output.size() || !fields.containsAll(output.names())) {
            throw new AssertionError("fields declared  " + String.join(", ", fields) + "\nfields expected  "
                    + String.join(", ", output.names()));
        }
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

    /**
     * The values of a tuple in the order of the columns.
     *
     * @throws AssertionError if a value has another class than its column
     */
    ScriptRow row(Tuple tuple) {
        output.fields().forEach(field -> expectType(field, tuple.getValueByField(field.name())));
        return ScriptRow.of(output, tuple.select(new Fields(output.names())));
    }

    private static void expectType(Schema.Field field, Object value) {
        Class<?> expected = field.type().equals(Type.TIMESTAMP)
                ? Instant.class
                : field.type().equals(Type.STRING) ? String.class : Number.class;
        if (value != null && !expected.isInstance(value)) {
            throw new AssertionError("The field " + field.name() + " has a "
                    + value.getClass().getSimpleName() + "; expected: "
                    + field.type().sql() + ".");
        }
    }

    /** Declares the fields of the input. */
    private static final class InputFields extends BaseRichSpout {

        private final ArrayList<String> fields = new ArrayList<>(List.of(TestSpout.OFFSET));

        InputFields(List<String> columns) {
            fields.addAll(columns);
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
