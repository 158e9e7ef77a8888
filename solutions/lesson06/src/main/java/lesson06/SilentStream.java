package lesson06;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/**
 * Keeps the newest run of each query, with the kind and the time of the run's last event. A start makes a run the newest; any
 * other event counts only if it belongs to that run. Silence is determined in {@link #conditions()}: a query that hangs sends
 * no event that could do it.
 *
 * <p>Two threads deliver events, so the map is concurrent.
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

    record LastEvent(UUID run, Instant arrived, Condition condition) {

        Condition conditionAt(Instant now) {
            boolean isSilent = now.isAfter(arrived.plus(PATIENCE));
            return condition != Condition.FAILED && isSilent ? Condition.STALLED : condition;
        }
    }

    final Map<UUID, LastEvent> lastEvents = new ConcurrentHashMap<>();
    InstantSource clock;

    public StreamingQueryListener listener(InstantSource clock) {
        this.clock = clock;
        return new StreamingQueryListener() {
            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                lastEvents.put(event.id(), new LastEvent(event.runId(), clock.instant(), Condition.RUNNING));
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                update(event.progress().id(), event.progress().runId(), Condition.RUNNING);
            }

            @Override
            public void onQueryIdle(QueryIdleEvent event) {
                update(event.id(), event.runId(), Condition.IDLE);
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                update(event.id(), event.runId(), event.exception().isDefined() ? Condition.FAILED : null);
            }
        };
    }

    public Map<UUID, Condition> conditions() {
        Map<UUID, Condition> conditions = new HashMap<>();
        lastEvents.forEach((query, last) -> conditions.put(query, last.conditionAt(clock.instant())));
        return conditions;
    }

    /** Sets the condition of a run if it is the newest; null removes it. */
    private void update(UUID query, UUID run, Condition condition) {
        LastEvent event = condition == null ? null : new LastEvent(run, clock.instant(), condition);
        lastEvents.computeIfPresent(query, (id, last) -> last.run().equals(run) ? event : last);
    }
}
