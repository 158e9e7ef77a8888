package workbook.kit.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.WindowedBoltExecutor;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.topology.base.BaseWindowedBolt;
import org.apache.storm.topology.base.BaseWindowedBolt.Duration;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;
import org.apache.storm.utils.Utils;
import org.apache.storm.windowing.TupleWindow;
import org.junit.jupiter.api.Test;

class LocalBoltTest {

    private static final String OTHER = "other";

    private final Log log = new Log();

    @Test
    void theBoltIsACopyAndItsOutputIsSeenAtOnce() {
        Echo echo = new Echo();
        try (LocalBolt bolt = new LocalBolt(echo, List.of("n")).start(log)) {
            bolt.execute(bolt.tuple(List.of(7L)));
            assertThat(log.events).containsExactly("anchored to 1: default [7]", "acked [7]");
            assertThat(echo.collector).isNull();
        }
    }

    @Test
    void aTupleWithoutAnchorsHasNone() {
        try (LocalBolt bolt = new LocalBolt(new Echo(), List.of("n")).start(log)) {
            bolt.execute(bolt.tuple(List.of(0L)));
            assertThat(log.events).containsExactly("anchored to 0: other [0]", "failed [0]");
        }
    }

    @Test
    void whatABoltDeclaresIsKnownBeforeItStarts() {
        try (LocalBolt bolt = new LocalBolt(new Echo(), List.of("n"))) {
            assertThat(bolt.outputs())
                    .isEqualTo(Map.of(Utils.DEFAULT_STREAM_ID, new Fields("n"), OTHER, new Fields("n")));
        }
    }

    @Test
    void aReportedErrorIsThrown() {
        try (LocalBolt bolt = new LocalBolt(new Echo(), List.of("n")).start(log)) {
            assertThatThrownBy(() -> bolt.execute(bolt.tuple(List.of(-1L))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("below zero");
        }
    }

    @Test
    void nothingIsEmittedWhenTheBoltIsClosed() {
        LocalBolt bolt = new LocalBolt(new Echo(), List.of("n")).start(log);
        bolt.close();
        bolt.execute(bolt.tuple(List.of(7L)));
        assertThat(log.events).isEmpty();
    }

    @Test
    void theWatermarkMovesWhenItIsTold() {
        try (LocalBolt bolt = new LocalBolt(windows(), List.of("n")).start(log)) {
            List.of(10L, 5L, 90L).forEach(time -> bolt.execute(bolt.tuple(List.of(time))));
            assertThat(log.events).isEmpty();
            bolt.advanceWatermark();
            assertThat(log.events).containsExactly("anchored to 2: default [2]");
        }
    }

    @Test
    void whatIsOlderThanTheWatermarkIsDroppedAndAcked() {
        try (LocalBolt bolt = new LocalBolt(windows(), List.of("n")).start(log)) {
            for (long time : new long[] {10, 5, 90}) {
                bolt.execute(bolt.tuple(List.of(time)));
                bolt.advanceWatermark();
            }
            assertThat(log.events).containsExactly("acked [5]", "anchored to 1: default [1]");
        }
    }

    private static IRichBolt windows() {
        return new WindowedBoltExecutor(
                new Size().withTumblingWindow(Duration.of(50)).withTimestampExtractor(tuple -> tuple.getLong(0)));
    }

    private static final class Log implements LocalBolt.Output {

        private final List<String> events = new ArrayList<>();

        @Override
        public void emitted(Collection<Tuple> anchors, Tuple tuple) {
            events.add("anchored to " + anchors.size() + ": " + tuple.getSourceStreamId() + " " + tuple.getValues());
        }

        @Override
        public void acked(Tuple tuple) {
            events.add("acked " + tuple.getValues());
        }

        @Override
        public void failed(Tuple tuple) {
            events.add("failed " + tuple.getValues());
        }
    }

    /** Emits numbers; zero fails, and a smaller number is an error. */
    private static final class Echo extends BaseRichBolt {

        private transient OutputCollector collector;

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(Tuple tuple) {
            long n = tuple.getLong(0);
            if (n < 0) {
                collector.reportError(new IllegalArgumentException("below zero"));
            } else if (n == 0) {
                collector.emit(OTHER, tuple.getValues());
                collector.fail(tuple);
            } else {
                collector.emit(tuple, tuple.getValues());
                collector.ack(tuple);
            }
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("n"));
            declarer.declareStream(OTHER, new Fields("n"));
        }
    }

    /** Emits the number of tuples of each window. */
    private static final class Size extends BaseWindowedBolt {

        private transient OutputCollector collector;

        @Override
        public void prepare(Map<String, Object> settings, TopologyContext context, OutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(TupleWindow window) {
            collector.emit(new Values(window.get().size()));
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("size"));
        }
    }
}
