package workbook.check.script;

import java.util.stream.Stream;

/**
 * A suppressed exception on what an engine threw before the answer's query ran: its message says what the engine refused.
 * Engines refuse different queries with the same words.
 */
public final class RefusedQuery extends RuntimeException {

    /**
     * @param query the query's watermarks and operators, the same for all ways to write it; or, if the query was never
     *     complete, the engine's method that threw
     */
    public RefusedQuery(String query) {
        super(query, null, false, false);
    }

    /** The query that was refused; empty if the query ran, or there is none. */
    public static String of(Throwable thrown) {
        return Stream.of(thrown.getSuppressed())
                .filter(RefusedQuery.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse("");
    }
}
