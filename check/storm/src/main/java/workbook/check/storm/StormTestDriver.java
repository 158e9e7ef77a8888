package workbook.check.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.storm.topology.IRichBolt;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.utils.Utils;
import workbook.check.script.BatchResult;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;
import workbook.check.script.SneakyThrow;
import workbook.check.script.TestDriver;
import workbook.kit.storm.LocalBolt;

/**
 * Runs an answer's bolt as a {@link LocalBolt}: a batch's output is complete when its last tuple has been executed.
 * Watermarks follow each tuple; by a timer, what is too late would depend on the moment. Before each batch another task of
 * the bolt starts and ends in this JVM: it gets no tuples, but shares what is static.
 */
final class StormTestDriver implements TestDriver {

    private final TestSpout spout;
    private final Supplier<IRichBolt> answer;
    private final List<String> input;
    private final OutputFields output;
    private Worker worker;
    private boolean isSinkFailing;

    StormTestDriver(TestSpout spout, Supplier<IRichBolt> answer, Schema input, Schema output) {
        this.spout = spout;
        this.answer = answer;
        this.input = Stream.concat(Stream.of(TestSpout.OFFSET), input.names().stream())
                .toList();
        this.output = new OutputFields(output);
    }

    @Override
    public void start() {
        worker = new Worker();
        spout.open(worker.bolt::tuple);
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
    private final class Worker implements LocalBolt.Output {

        private final LocalBolt bolt;
        private List<ScriptRow> emitted = new ArrayList<>();

        Worker() {
            IRichBolt given = answer.get();
            if (given == null) {
                throw new AssertionError("The answer returned null instead of a bolt.");
            }
            bolt = new LocalBolt(given, input);
            output.expectDeclared(bolt.outputs());
            bolt.start(this);
        }

        void execute(Tuple tuple) {
            bolt.execute(tuple);
            bolt.advanceWatermark();
        }

        List<ScriptRow> takeOutput() {
            List<ScriptRow> taken = emitted;
            emitted = new ArrayList<>();
            return taken;
        }

        void stop() {
            bolt.close();
        }

        @Override
        public void emitted(Collection<Tuple> anchors, Tuple tuple) {
            if (isSinkFailing) {
                spout.lose(anchors);
            }
            if (tuple.getSourceStreamId().equals(Utils.DEFAULT_STREAM_ID)) {
                emitted.add(output.row(tuple));
            }
        }

        @Override
        public void acked(Tuple tuple) {
            spout.ack(tuple);
        }

        @Override
        public void failed(Tuple tuple) {
            spout.fail(tuple);
        }

        @Override
        public void reported(Throwable error) {
            throw SneakyThrow.of(error);
        }
    }
}
