package workbook.check.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.script.Script.row;
import static workbook.check.storm.StormAnswers.onStorm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.junit.jupiter.api.Test;
import workbook.check.engine.Engines;
import workbook.check.script.Script;

class StormAnswersTest {

    private static final String ALL = "n INT, price DECIMAL(10,2), time TIMESTAMP, card STRING";

    private final TestSpout patient = TestSpout.patient();
    private final TestSpout impatient = TestSpout.impatient();

    @Test
    void rowsAreTuplesBothWays() {
        Script.of(ALL)
                .columns("card", "n", "price", "time")
                .batch(row(1, "2.50", "09:00", "a"), row(null, null, "09:00:00.001", null))
                .emits(row("a", 1, "2.50", "09:00"), row(null, null, null, "09:00:00.001"))
                .run(onStorm(ALL, () -> new Copy("time", "n", "card", "price")));
    }

    @Test
    void aTupleIsPendingUntilItIsAcked() {
        Script.of("card STRING")
                .columns("card")
                .batch(row("hold"), row("a"))
                .expects("pending", 1, patient::pending)
                .batch(row("ack all"))
                .expects("pending", 0, patient::pending)
                .run(onStorm(patient, "card STRING", () -> new Copy("card")));
    }

    @Test
    void anImpatientSpoutEmitsPendingTuplesAgainBeforeEachBatch() {
        Script.of("card STRING")
                .columns("card")
                .batch(row("hold"), row("a"))
                .emits(row("hold"), row("a"))
                .batch(row("b"))
                .emits(row("hold"), row("b"))
                .run(onStorm(impatient, "card STRING", () -> new Copy("card")));
    }

    @Test
    void aFailedTupleComesAgainBeforeTheNextBatch() {
        Script.of("card STRING")
                .columns("card")
                .batch(row("fail"))
                .emits(row("fail"))
                .batch(row("b"))
                .emits(row("fail"), row("b"))
                .run(onStorm("card STRING", () -> new Copy("card")));
    }

    @Test
    void aNewWorkerGetsPendingTuples() {
        Script.of("card STRING")
                .columns("card")
                .batch(row("hold"), row("a"))
                .restart()
                .batch(row("b"))
                .emits(row("hold"), row("b"))
                .run(onStorm("card STRING", () -> new Copy("card")));
    }

    @Test
    void whatIsLostOnItsWayComesAgainIfItIsAnchored() {
        Script.of("card STRING")
                .columns("card")
                .batch(row("a"), row("unanchored"))
                .sinkFails()
                .emits(row("a"), row("unanchored"), row("a"))
                .run(onStorm("card STRING", () -> new Copy("card")));
    }

    @Test
    void theBoltIsACopy() {
        Copy bolt = new Copy("card");
        Script.of("card STRING")
                .columns("card")
                .batch(row("a"))
                .emits(row("a"))
                .run(onStorm("card STRING", () -> bolt));
        assertThat(bolt.collector).isNull();
    }

    @Test
    void anErrorThatIsReportedIsThrown() {
        assertThatThrownBy(() -> Script.of("card STRING")
                        .columns("card")
                        .batch(row("report"))
                        .run(onStorm("card STRING", () -> new Copy("card"))))
                .hasMessage("reported");
    }

    @Test
    void theEngineIsFoundAndWarmsUp() {
        assertThat(Engines.of(StormAnswersTest.class)).singleElement().satisfies(engine -> engine.warmUp());
    }

    /** Emits what it gets, and acks all but what its card says. */
    private static final class Copy extends BaseRichBolt {

        private final String[] fields;
        private transient List<Tuple> held;
        private transient OutputCollector collector;

        Copy(String... fields) {
            this.fields = fields;
        }

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
            held = new ArrayList<>();
        }

        @Override
        public void execute(Tuple tuple) {
            List<Object> values = tuple.select(new Fields(fields));
            switch (String.valueOf(tuple.getValueByField("card"))) {
                case "hold" -> {
                    collector.emit(tuple, values);
                    held.add(tuple);
                }
                case "ack all" -> {
                    held.forEach(collector::ack);
                    collector.ack(tuple);
                }
                case "fail" -> {
                    collector.emit(tuple, values);
                    collector.fail(tuple);
                }
                case "unanchored" -> {
                    collector.emit(values);
                    collector.ack(tuple);
                }
                case "report" -> collector.reportError(new IllegalStateException("reported"));
                default -> {
                    collector.emit(tuple, values);
                    collector.ack(tuple);
                }
            }
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields(fields));
        }
    }
}
