package workbook.check.beam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.transforms.DoFn;

/** What a pipeline emits, batch by batch. Its functions are serialized, so they find the recording by its number. */
final class Recording implements AutoCloseable {

    private static final AtomicLong NEXT = new AtomicLong(1);
    private static final Map<Long, Recording> OPEN = new ConcurrentHashMap<>();

    private final long number = NEXT.getAndIncrement();
    private final List<List<Object>> batches = new ArrayList<>();
    private List<Object> current = new ArrayList<>();

    Recording() {
        OPEN.put(number, this);
    }

    long number() {
        return number;
    }

    /** The output of the batches that are over; what the end of the stream emits is not among it. */
    synchronized List<List<Object>> batches() {
        return List.copyOf(batches);
    }

    private synchronized void add(Object emitted) {
        current.add(emitted);
    }

    private synchronized void endBatch() {
        batches.add(current);
        current = new ArrayList<>();
    }

    @Override
    public void close() {
        OPEN.remove(number);
    }

    /** Takes out the markers, which are null. */
    static final class Markers<T> extends DoFn<T, T> {
        private final long recording;

        Markers(long recording) {
            this.recording = recording;
        }

        @ProcessElement
        public void process(@Element T element, OutputReceiver<T> out) {
            if (element == null) {
                OPEN.get(recording).endBatch();
            } else {
                out.output(element);
            }
        }
    }

    /** Records the output. */
    static final class Output<R> extends DoFn<R, Void> {
        private final long recording;

        Output(long recording) {
            this.recording = recording;
        }

        @ProcessElement
        public void process(@Element R element) {
            OPEN.get(recording).add(element);
        }
    }
}
