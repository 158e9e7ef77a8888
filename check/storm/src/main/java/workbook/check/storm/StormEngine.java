package workbook.check.storm;

import static workbook.check.script.Script.row;
import static workbook.check.storm.StormAnswers.onStorm;

import java.util.Map;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import workbook.check.engine.Engine;
import workbook.check.script.Script;

/** Storm as an engine for checkpoints. Scripts share nothing: each has a bolt of its own. */
public final class StormEngine implements Engine {

    private static final int TIMES = 3;

    @Override
    public String packageName() {
        return StormEngine.class.getPackageName();
    }

    /** Runs a bolt, which loads the classes that most scripts need. */
    @Override
    public void warmUp() {
        for (int i = 0; i < TIMES; i++) {
            Script.of("n INT")
                    .columns("n")
                    .batch(row(1), row(2))
                    .emits(row(1), row(2))
                    .run(onStorm("n INT", Same::new));
        }
    }

    /** Emits what it gets. */
    private static final class Same extends BaseRichBolt {

        private transient OutputCollector collector;

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(Tuple tuple) {
            collector.emit(tuple, new Values(tuple.getIntegerByField("n")));
            collector.ack(tuple);
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("n"));
        }
    }
}
