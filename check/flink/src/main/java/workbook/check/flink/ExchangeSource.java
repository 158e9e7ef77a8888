package workbook.check.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads the rows of an {@link Exchange} as one split, whose state is the position in them.
 *
 * @param exchange its number
 */
record ExchangeSource<T>(long exchange) implements Source<T, ExchangeSource.Position, Integer> {

    /** The number of rows that have been read. */
    record Position(int rows) implements SourceSplit {
        @Override
        public String splitId() {
            return "all";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, Position> createReader(SourceReaderContext context) {
        return new Reader<>(Exchange.of(exchange));
    }

    @Override
    public SplitEnumerator<Position, Integer> createEnumerator(SplitEnumeratorContext<Position> context) {
        return new Enumerator(context, false);
    }

    @Override
    public SplitEnumerator<Position, Integer> restoreEnumerator(
            SplitEnumeratorContext<Position> context, Integer checkpoint) {
        return new Enumerator(context, true);
    }

    @Override
    public SimpleVersionedSerializer<Position> getSplitSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(Position position) {
                return String.valueOf(position.rows()).getBytes(US_ASCII);
            }

            @Override
            public Position deserialize(int version, byte[] bytes) {
                return new Position(Integer.parseInt(new String(bytes, US_ASCII)));
            }
        };
    }

    /** The enumerator has no state but that its split is assigned. */
    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(Integer nothing) {
                return new byte[0];
            }

            @Override
            public Integer deserialize(int version, byte[] bytes) {
                return 0;
            }
        };
    }

    /**
     * Assigns the split to the first reader.
     *
     * @param isAssigned whether a restored reader has it
     */
    private record Enumerator(SplitEnumeratorContext<Position> context, boolean isAssigned)
            implements SplitEnumerator<Position, Integer> {

        @Override
        public void addReader(int subtask) {
            if (!isAssigned && subtask == 0) {
                context.assignSplit(new Position(0), subtask);
            }
        }

        @Override
        public Integer snapshotState(long checkpoint) {
            return 0;
        }

        @Override
        public void start() {
            // waits for the reader
        }

        @Override
        public void handleSplitRequest(int subtask, String host) {
            // the reader asks for none
        }

        @Override
        public void addSplitsBack(List<Position> splits, int subtask) {
            // a job that fails is not restarted
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static final class Reader<T> implements SourceReader<T, Position> {

        private final Exchange exchange;
        private CompletableFuture<Void> assigned = new CompletableFuture<>();
        private int rows = -1;

        Reader(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void addSplits(List<Position> splits) {
            rows = splits.get(0).rows();
            assigned.complete(null);
        }

        @Override
        @SuppressWarnings("unchecked")
        public InputStatus pollNext(ReaderOutput<T> output) {
            if (!isAvailable().isDone()) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            output.collect((T) exchange.row(rows));
            rows++;
            exchange.read(rows);
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return rows < 0 ? assigned : exchange.moreThan(rows);
        }

        @Override
        public List<Position> snapshotState(long checkpoint) {
            return rows < 0 ? List.of() : List.of(new Position(rows));
        }

        @Override
        public void start() {
            // the enumerator assigns the split
        }

        @Override
        public void notifyNoMoreSplits() {
            // there is only one
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
