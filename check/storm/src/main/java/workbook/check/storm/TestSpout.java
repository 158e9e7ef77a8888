package workbook.check.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.storm.tuple.Tuple;

/**
 * A reliable spout, together with what Storm's ackers do for it. A tuple is <i>pending</i> until it is acked and all tuples
 * that are anchored to it have been processed. The spout emits it again if it fails, or its worker dies.
 */
public final class TestSpout {

    /** The field with the number of a tuple; it is the same when the tuple is emitted again. */
    static final String OFFSET = "offset";

    private static final class Pending {
        private final List<Object> values;
        private Tuple tuple;
        private boolean isFailed;
        private boolean isLost;

        Pending(List<Object> values) {
            this.values = values;
        }
    }

    private final boolean isImpatient;
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private Function<List<Object>, Tuple> tuples;
    private long next;

    private TestSpout(boolean isImpatient) {
        this.isImpatient = isImpatient;
    }

    /** A spout that waits for each tuple as long as it takes. */
    public static TestSpout patient() {
        return new TestSpout(false);
    }

    /** A spout whose message timeout is over before each batch: it then emits all its pending tuples again. */
    public static TestSpout impatient() {
        return new TestSpout(true);
    }

    /** The number of pending tuples. */
    public int pending() {
        return pending.size();
    }

    /** @param tuples creates a tuple with these values */
    void open(Function<List<Object>, Tuple> tuples) {
        this.tuples = tuples;
        pending.clear();
        next = 0;
    }

    /** A tuple with the next offset and these values. */
    Tuple emit(List<Object> row) {
        List<Object> values = new ArrayList<>(List.of(next));
        values.addAll(row);
        Pending one = new Pending(values);
        pending.put(next++, one);
        return emitted(one);
    }

    /** What is emitted again before a batch. */
    List<Tuple> again() {
        return again(one -> isImpatient || one.isFailed);
    }

    /** What is emitted again when the worker has died. */
    List<Tuple> all() {
        return again(one -> true);
    }

    private List<Tuple> again(Predicate<Pending> which) {
        return pending.values().stream().filter(which).map(this::emitted).toList();
    }

    private Tuple emitted(Pending one) {
        one.tuple = tuples.apply(one.values);
        one.isFailed = false;
        one.isLost = false;
        return one.tuple;
    }

    /** Acks a tuple. One that was emitted again meanwhile has no effect, as in Storm. */
    void ack(Tuple tuple) {
        Pending one = find(tuple);
        if (one != null && !one.isLost) {
            pending.values().remove(one);
        }
    }

    void fail(Tuple tuple) {
        Pending one = find(tuple);
        if (one != null) {
            one.isFailed = true;
        }
    }

    /** A tuple that is anchored to these will never be processed. */
    void lose(Collection<Tuple> anchors) {
        anchors.stream().map(this::find).filter(one -> one != null).forEach(one -> one.isLost = true);
    }

    private Pending find(Tuple tuple) {
        Pending one = pending.get(tuple.getLongByField(OFFSET));
        return one != null && one.tuple == tuple ? one : null;
    }
}
