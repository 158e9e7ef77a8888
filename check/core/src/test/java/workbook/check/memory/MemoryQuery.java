package workbook.check.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import workbook.check.script.ScriptRow;

/** An answer for the engine of the tests: what comes out of a batch, given what is kept between batches. */
public interface MemoryQuery {

    /** @param in the rows of each input, by its name */
    List<ScriptRow> process(Map<String, List<ScriptRow>> in, State state);

    /** What is kept between two batches, and what a query says of itself. */
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
