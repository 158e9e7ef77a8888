package workbook.kit.storm;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;

/**
 * Calls a bolt as a worker of Storm does, but without a cluster: each call is over before the next, so the output does not
 * depend on the moment. As in a cluster, the bolt that works is a copy of the given one, made by Java's serialization.
 *
 * <p>There are no ackers, no message timeout and no tick tuples. The watermark of a windowed bolt moves only in
 * {@link #advanceWatermark()}.
 */
public final class LocalBolt implements AutoCloseable {

    /** What becomes of tuples, until the bolt is closed. */
    public interface Output {

        /**
         * The bolt has emitted a tuple, to the stream {@link Tuple#getSourceStreamId()}.
         *
         * @param anchors the tuples to which it is anchored; may be empty
         */
        void emitted(Collection<Tuple> anchors, Tuple tuple);

        default void acked(Tuple tuple) {}

        default void failed(Tuple tuple) {}

        /**
         * The bolt has called {@link OutputCollector#reportError}.
         *
         * @throws IllegalStateException with the error as its cause, unless this is overridden
         */
        default void reported(Throwable error) {
            throw new IllegalStateException("The bolt has reported an error.", error);
        }
    }

    private final OneBoltTopology topology;
    private IRichBolt bolt;
    private boolean isClosed;

    /**
     * Makes the bolt part of a topology; it is not called yet.
     *
     * @param input the fields of the tuples that the bolt will get
     */
    public LocalBolt(IRichBolt bolt, List<String> input) {
        topology = new OneBoltTopology(bolt, input);
    }

    /** The fields of each stream that the bolt declares. */
    public Map<String, Fields> outputs() {
        return topology.outputs();
    }

    /** Prepares the bolt. */
    public LocalBolt start(Output output) {
        bolt = topology.copyOfBolt();
        bolt.prepare(topology.settings(), topology.context(), new OutputCollector(new Collector(output)));
        return this;
    }

    /** A tuple of a reliable spout with these values, in the order of the input's fields. */
    public Tuple tuple(List<Object> values) {
        return topology.input(values);
    }

    public void execute(Tuple tuple) {
        bolt.execute(tuple);
    }

    /**
     * Does what a timer does in a cluster, by default once a second of the wall clock: moves the watermark of a bolt with
     * windows by event time. Other bolts have none.
     */
    public void advanceWatermark() {
        Watermarks.advance(bolt);
    }

    /** Ends the bolt's threads. What it emits at its end comes too late. */
    @Override
    public void close() {
        isClosed = true;
        if (bolt != null) {
            bolt.cleanup();
        }
    }

    private final class Collector implements IOutputCollector {

        private final Output output;

        Collector(Output output) {
            this.output = output;
        }

        @Override
        public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
            Tuple tuple = topology.output(stream, values);
            if (!isClosed) {
                output.emitted(anchors == null ? List.of() : anchors, tuple);
            }
            return List.of();
        }

        @Override
        public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
            emit(stream, anchors, values);
        }

        @Override
        public void ack(Tuple tuple) {
            if (!isClosed) {
                output.acked(tuple);
            }
        }

        @Override
        public void fail(Tuple tuple) {
            if (!isClosed) {
                output.failed(tuple);
            }
        }

        @Override
        public void resetTimeout(Tuple tuple) {
            // there is no timeout
        }

        @Override
        public void flush() {
            // each tuple is emitted at once
        }

        @Override
        public void reportError(Throwable error) {
            output.reported(error);
        }
    }
}
