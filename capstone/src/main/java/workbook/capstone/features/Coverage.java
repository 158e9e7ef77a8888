package workbook.capstone.features;

import java.time.Instant;

/**
 * The range of payments that the features in a store cover: all from the first that the query wrote to the newest.
 *
 * @param query the query's id, kept in its checkpoint: another query starts a new range
 * @param since event time of the first payment, UTC, to the microsecond
 * @param until event time of the newest payment, UTC, to the microsecond
 */
public record Coverage(String query, Instant since, Instant until) {

    /** Returns this range extended by a later one of the same query, or the later one if the query is another. */
    Coverage extendedBy(Coverage later) {
        if (!query.equals(later.query)) {
            return later;
        }
        return new Coverage(query, since, later.until.isAfter(until) ? later.until : until);
    }
}
