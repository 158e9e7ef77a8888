package workbook.capstone.features;

import java.time.Instant;

/**
 * Which payments the figures in a store take into account: all from the first that the query put in to the newest.
 *
 * @param query the query's id, which lives in its checkpoint: another query begins anew
 * @param since event time of the first payment, UTC, to the microsecond
 * @param until event time of the newest, likewise
 */
public record Coverage(String query, Instant since, Instant until) {

    /** This with what was put in later; what was put in before is taken into account already. */
    Coverage extendedBy(Coverage later) {
        if (!query.equals(later.query)) {
            return later;
        }
        return new Coverage(query, since, later.until.isAfter(until) ? later.until : until);
    }
}
