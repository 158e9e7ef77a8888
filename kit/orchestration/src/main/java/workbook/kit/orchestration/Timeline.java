package workbook.kit.orchestration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A clock that jumps from one planned moment to the next. */
final class Timeline {

    private final TreeMap<Instant, List<Runnable>> planned = new TreeMap<>();
    private Instant now = Instant.MIN;

    Instant now() {
        return now;
    }

    void at(Instant moment, Runnable action) {
        Instant notBeforeNow = moment.isBefore(now) ? now : moment;
        planned.computeIfAbsent(notBeforeNow, any -> new ArrayList<>()).add(action);
    }

    void after(Duration delay, Runnable action) {
        at(now.plus(delay), action);
    }

    /** Does what is planned for the next moment; false if nothing is. */
    boolean advance() {
        if (planned.isEmpty()) {
            return false;
        }
        now = planned.firstKey();
        planned.pollFirstEntry().getValue().forEach(Runnable::run);
        return true;
    }
}
