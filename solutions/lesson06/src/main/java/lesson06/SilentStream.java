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
 * Of each query, its newest run, and when that run said what. A start makes a run the newest; whatever else is heard counts
 * only if it is of that run. Silence is measured when somebody asks: a query that hangs causes no event that could tell.
 *
 * <p>Events come from two threads, hence the map that bears it.
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

    record LastWord(UUID run, Instant heard, Condition said) {

        Condition condition(Instant now) {
            boolean isSilent = now.isAfter(heard.plus(PATIENCE));
            return said != Condition.DEAD && isSilent ? Condition.STALLED : said;
        }
    }

    final Map<UUID, LastWord> lastWords = new ConcurrentHashMap<>();
    InstantSource clock;

    public StreamingQueryListener listener(InstantSource clock) {
        this.clock = clock;
        return new StreamingQueryListener() {
            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                lastWords.put(event.id(), new LastWord(event.runId(), clock.instant(), Condition.RUNNING));
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                hear(event.progress().id(), event.progress().runId(), Condition.RUNNING);
            }

            @Override
            public void onQueryIdle(QueryIdleEvent event) {
                hear(event.id(), event.runId(), Condition.IDLE);
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                hear(event.id(), event.runId(), event.exception().isDefined() ? Condition.DEAD : null);
            }
        };
    }

    public Map<UUID, Condition> conditions() {
        Map<UUID, Condition> conditions = new HashMap<>();
        lastWords.forEach((query, last) -> conditions.put(query, last.condition(clock.instant())));
        return conditions;
    }

    /** What a run said; null if it has nothing more to say, and is forgotten. */
    private void hear(UUID query, UUID run, Condition said) {
        LastWord word = said == null ? null : new LastWord(run, clock.instant(), said);
        lastWords.computeIfPresent(query, (id, last) -> last.run().equals(run) ? word : last);
    }
}
