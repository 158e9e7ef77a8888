package workbook.check.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.utils.Utils;
import workbook.check.script.BatchResult;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;
import workbook.check.script.SneakyThrow;
import workbook.check.script.TestDriver;

/**
 * Calls an answer's bolt as a worker of Storm does, but without a cluster: each call is over before the next, so a batch's
 * output is complete when its last tuple has been executed. As in a cluster, the bolt that works is a copy of the one that
 * the answer returns, made by Java's serialization. Before each batch another task of the bolt starts and ends in this JVM:
 * it gets no tuples, but shares what is static. There are no tick tuples.
 */
final class StormTestDriver implements TestDriver {

    private final TestSpout spout;
    private final Supplier<IRichBolt> answer;
    private final Schema input;
    private final Schema output;
    private Worker worker;
    private boolean isSinkFailing;

    StormTestDriver(TestSpout spout, Supplier<IRichBolt> answer, Schema input, Schema output) {
        this.spout = spout;
        this.answer = answer;
        this.input = input;
        this.output = output;
    }

    @Override
    public void start() {
        worker = new Worker();
        spout.open(worker.topology::input);
    }

    /** The worker dies with all that its bolt has in memory. Another one gets all pending tuples again. */
    @Override
    public void restart() {
        worker.stop();
        worker = new Worker();
        spout.all().forEach(worker::execute);
    }

    @Override
    public BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected) {
        new Worker().stop();
        spout.again().forEach(worker::execute);
        rows.values().stream().flatMap(List::stream).forEach(row -> worker.execute(spout.emit(row.values())));
        return new BatchResult(worker.takeOutput(), BatchResult.Metrics.NONE);
    }

    /** What the bolt emits in this batch is lost on its way to the next bolt. */
    @Override
    public List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows) {
        isSinkFailing = true;
        try {
            return runBatch(rows, result -> true).out();
        } finally {
            isSinkFailing = false;
        }
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.stop();
        }
    }

    /** A bolt at work, and what it emits. */
    private final class Worker implements IOutputCollector {

        private final TestTopology topology;
        private final IRichBolt bolt;
        private List<ScriptRow> emitted = new ArrayList<>();
        private boolean isStopped;

        Worker() {
            topology = new TestTopology(answer.get(), input, output);
            bolt = topology.copyOfBolt();
            bolt.prepare(topology.settings(), topology.context(), new OutputCollector(this));
        }

        void execute(Tuple tuple) {
            bolt.execute(tuple);
            Watermarks.advance(bolt);
        }

        List<ScriptRow> takeOutput() {
            List<ScriptRow> taken = emitted;
            emitted = new ArrayList<>();
            return taken;
        }

        /** Ends the bolt's threads. What it does at its end comes too late. */
        void stop() {
            isStopped = true;
            bolt.cleanup();
        }

        @Override
        public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
            Tuple tuple = topology.output(stream, values);
            if (isStopped) {
                return List.of();
            }
            if (isSinkFailing && anchors != null) {
                spout.lose(anchors);
            }
            if (stream.equals(Utils.DEFAULT_STREAM_ID)) {
                emitted.add(topology.row(tuple));
            }
            return List.of();
        }

        @Override
        public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
            emit(stream, anchors, values);
        }

        @Override
        public void ack(Tuple tuple) {
            if (!isStopped) {
                spout.ack(tuple);
            }
        }

        @Override
        public void fail(Tuple tuple) {
            if (!isStopped) {
                spout.fail(tuple);
            }
        }

        @Override
        public void resetTimeout(Tuple tuple) {
            // an impatient spout does not listen
        }

        @Override
        public void flush() {
            // each tuple is emitted at once
        }

        @Override
        public void reportError(Throwable error) {
            throw SneakyThrow.of(error);
        }
    }
}
