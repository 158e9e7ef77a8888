package lesson06;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.Unsolved;

/**
 * No events arrive from a query. Does it have no input, or does it hang? A listener can distinguish them, if it stores
 * when the last event of each query arrived.
 *
 * <p><b>In:</b> the events of a {@link StreamingQueryListener}, of any number of queries, and a clock. Use only this
 * clock, for the current time and for the time at which an event arrives. The listener is registered before the first
 * query starts.
 *
 * <p><b>The terms:</b>
 * <ul>
 * <li>A query has an {@code id}, which stays the same when it is restarted from its checkpoint. Each start is a
 *     <i>run</i> with its own {@code runId}. Only the newest run of a query counts, the one that started last.
 * <li>A run's <i>last event</i> is the last one that has arrived: it has started, it has made progress (a batch is
 *     complete, even one without rows, or one that reads only some of the query's sources), or it is idle (there is no
 *     batch to run). A run without input sends an idle event every ten seconds, the default of
 *     {@code spark.sql.streaming.noDataProgressEventInterval}; a run in a batch sends nothing until the batch is complete.
 *     No query here waits longer than that for its trigger.
 * <li>A run is <i>silent</i> if its last event arrived more than {@link #PATIENCE} ago, even by a millisecond.
 * </ul>
 *
 * <p><b>Out:</b> the condition of every query whose newest run is active, or has ended with an exception. A query that
 * has ended without an exception was stopped, or has read all its input: it is not in the map.
 * <table>
 * <caption>Conditions</caption>
 * <tr><td>{@code RUNNING}</td><td>not silent, and its last event was a start or progress</td></tr>
 * <tr><td>{@code IDLE}</td><td>not silent, and its last event was an idle event</td></tr>
 * <tr><td>{@code STALLED}</td><td>silent, but not ended: there is input, or it would send idle events, and no progress
 *     </td></tr>
 * <tr><td>{@code FAILED}</td><td>ended with an exception, however long ago</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> this holds for every query at any time, also when an event arrives late: a listener is called
 * for a start before {@code start()} returns, and for all other events later, from a queue, on another thread. So a new
 * run may start before the end of the old one arrives.
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=SilentStream}; hints are in
 * {@code exercises/lesson06/hints/SilentStream.md}.
 */
public class SilentStream {

    /** How long a query may be silent. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The condition of a query. */
    public enum Condition {
        RUNNING,
        IDLE,
        STALLED,
        FAILED
    }

    /** Returns the listener, which will receive the events of every query. Called once for each object. */
    public StreamingQueryListener listener(InstantSource clock) {
        throw new Unsolved();
    }

    /** The current conditions of the queries, by id. */
    public Map<UUID, Condition> conditions() {
        throw new Unsolved();
    }
}
