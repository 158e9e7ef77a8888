package lesson06;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.Unsolved;

/**
 * A query says nothing. Is there nothing to read, or does it hang? A listener that knows when each query spoke last can
 * tell.
 *
 * <p><b>In:</b> the events of a {@link StreamingQueryListener}, of any number of queries, and a clock. What time it is, and
 * was when an event was heard, only the clock knows.
 *
 * <p><b>The terms:</b>
 * <ul>
 * <li>A query has an {@code id}, which it keeps whenever it is started again from its checkpoint. Each start is a
 *     <i>run</i> with a {@code runId} of its own. Of a query only its newest run counts, the one that has started last.
 * <li>A run's <i>last word</i> is the last event that was heard of it: it has started, it has made progress (a batch is
 *     done), or it is idle (there is nothing to read). A run with nothing to read says so every ten seconds, as
 *     {@code spark.sql.streaming.noDataProgressEventInterval} has it; a run in a batch says nothing until the batch is
 *     done. No query here waits longer than that for its trigger.
 * <li>A run is <i>silent</i> if its last word was heard more than {@link #PATIENCE} ago.
 * </ul>
 *
 * <p><b>Out:</b> the condition of every query whose newest run goes on, or has ended with an exception. One that has ended
 * without an exception was stopped, or had read all it was meant to read: nobody misses it, and it is not in the map.
 * <table>
 * <caption>Conditions</caption>
 * <tr><td>{@code RUNNING}</td><td>not silent, and its last word was that it had started or made progress</td></tr>
 * <tr><td>{@code IDLE}</td><td>not silent, and its last word was that it was idle</td></tr>
 * <tr><td>{@code STALLED}</td><td>silent, though it has not ended: there is data, or it would say that there is none, and
 *     no progress</td></tr>
 * <tr><td>{@code DEAD}</td><td>it has ended with an exception, however long ago</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> that is true of every query at any time, also when an event comes late: a listener is told of a
 * start before {@code start()} returns, and of everything else later, from a queue, in another thread. So a new run may be
 * there before the end of the old one is heard of.
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=SilentStream}; hints are in
 * {@code exercises/lesson06/hints/SilentStream.md}.
 */
public class SilentStream {

    /** How long a query may say nothing. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What is the matter with a query. */
    public enum Condition {
        RUNNING,
        IDLE,
        STALLED,
        DEAD
    }

    /** Is asked for once, and then hears of every query. */
    public StreamingQueryListener listener(InstantSource clock) {
        throw new Unsolved();
    }

    /** The conditions of the queries at this moment of the clock, by their ids. */
    public Map<UUID, Condition> conditions() {
        throw new Unsolved();
    }
}
