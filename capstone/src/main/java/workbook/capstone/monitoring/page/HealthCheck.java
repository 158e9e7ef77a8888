package workbook.capstone.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import workbook.capstone.monitoring.Snapshot;

/**
 * Derives the health of the pipeline: down if a query has failed, or if there is lag and no record is scored or refused
 * for 10 s.
 */
final class HealthCheck {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private long lastDone;
    private Instant lastWell = Instant.MAX;

    /** Checks this snapshot, which is newer than all before. */
    Health check(Snapshot now) {
        List<String> problems = new ArrayList<>();
        Map<String, String> queries = new LinkedHashMap<>();
        for (Snapshot.Query query : now.queries()) {
            queries.put(query.name(), state(query));
            if (query.state() == Snapshot.State.FAILED) {
                problems.add("The query " + query.name() + " failed: " + query.failure());
            }
        }
        Duration stuck = stuck(now);
        if (stuck.compareTo(PATIENCE) >= 0) {
            problems.add(now.lag() + " records are waiting, and none was scored or refused for " + stuck.toSeconds()
                    + " s.");
        }
        return Health.of(problems, queries, now.lag());
    }

    private Duration stuck(Snapshot now) {
        long done = now.scored() + now.refused();
        if (done != lastDone || now.lag() == 0 || lastWell.isAfter(now.time())) {
            lastDone = done;
            lastWell = now.time();
        }
        return Duration.between(lastWell, now.time());
    }

    private static String state(Snapshot.Query query) {
        String state = query.state().name().toLowerCase(Locale.ROOT);
        return query.failure().isEmpty() ? state : state + ": " + query.failure();
    }
}
