package workbook.check.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import workbook.check.script.ScriptRow;

/** A query on {@link MemoryEngine}: computes the output of a batch from its input and the state. */
public interface MemoryQuery {

    /** @param in the rows of each input, by its name */
    List<ScriptRow> process(Map<String, List<ScriptRow>> in, State state);

    /** The state between two batches, and the metrics of the query. */
    final class State {
        public final Map<Object, Object> rows = new TreeMap<>();
        public Instant watermark;
        public long dropped;

        State copy() {
            State copy = new State();
            copy.rows.putAll(rows);
            copy.watermark = watermark;
            return copy;
        }
    }
}
