package lesson00;

import java.time.Duration;
import java.util.Map;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.WindowedBoltExecutor;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.topology.base.BaseWindowedBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.apache.storm.windowing.TupleWindow;

/** Typical mistakes with Storm. The tuples have a text, {@code card}, and an Instant, {@code time}. */
public class BrokenBolts {

    // The bolt

    public IRichBolt boltThatCannotBeSerialized() {
        return new Copy() {
            private final Thread thread = new Thread();
        };
    }

    public IRichBolt noBolt() {
        return null;
    }

    public IRichBolt fieldThatIsLostOnTheWayToTheWorker() {
        return new Counting();
    }

    // What it declares

    public IRichBolt noOutputFields() {
        return new Declaring();
    }

    public IRichBolt otherOutputFields() {
        return new Declaring("card", "count");
    }

    public IRichBolt fieldThatIsDeclaredTwice() {
        return new Declaring("card", "card");
    }

    public IRichBolt streamThatIsDeclaredTwice() {
        return new DeclaringTwice();
    }

    // Tuples

    public IRichBolt fieldThatATupleDoesNotHave() {
        return new Emitting("amount");
    }

    public IRichBolt valueThatIsMissing() {
        return new Emitting("card");
    }

    public IRichBolt valueOfAnotherType() {
        return new Emitting("card", "card");
    }

    public IRichBolt streamThatIsNotDeclared() {
        return new EmittingLate();
    }

    // Windows

    public IRichBolt windowWithoutLength() {
        return new WindowedBoltExecutor(new Window());
    }

    public IRichBolt windowLongerThanTheTimeout() {
        return new WindowedBoltExecutor(new Window().withTumblingWindow(BaseWindowedBolt.Duration.days(2)));
    }

    public IRichBolt timestampThatIsNoLong() {
        return new WindowedBoltExecutor(new Window()
                .withTumblingWindow(BaseWindowedBolt.Duration.hours(1))
                .withTimestampField("time"));
    }

    static class Copy extends BaseRichBolt {
        transient OutputCollector collector;

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(Tuple tuple) {
            collector.emit(tuple, tuple.select(new Fields("card", "time")));
            collector.ack(tuple);
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("card", "time"));
        }
    }

    private static final class Counting extends Copy {
        private final transient StringBuilder cards = new StringBuilder();

        @Override
        public void execute(Tuple tuple) {
            cards.append(tuple.getStringByField("card"));
        }
    }

    private static final class Declaring extends Copy {
        private final String[] fields;

        Declaring(String... fields) {
            this.fields = fields;
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            if (fields.length > 0) {
                declarer.declare(new Fields(fields));
            }
        }
    }

    private static final class DeclaringTwice extends Copy {
        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("card"));
            declarer.declare(new Fields("time"));
        }
    }

    private static final class Emitting extends Copy {
        private final String[] fields;

        Emitting(String... fields) {
            this.fields = fields;
        }

        @Override
        public void execute(Tuple tuple) {
            Values values = new Values();
            for (String field : fields) {
                values.add(tuple.getValueByField(field));
            }
            collector.emit(tuple, values);
        }
    }

    private static final class EmittingLate extends Copy {
        @Override
        public void execute(Tuple tuple) {
            collector.emit("late", tuple, new Values(Duration.ZERO));
        }
    }

    static final class Window extends BaseWindowedBolt {
        @Override
        public void execute(TupleWindow window) {
            // emits nothing
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("card", "time"));
        }
    }
}
