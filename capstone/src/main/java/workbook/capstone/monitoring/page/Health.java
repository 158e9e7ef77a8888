package workbook.capstone.monitoring.page;

import java.util.List;
import java.util.Map;

/**
 * The response of {@code /health}.
 *
 * @param status {@code up} or {@code down}
 * @param problems why it is down, one sentence each; empty if it is up
 * @param queries {@code running}, {@code idle}, {@code stopped} or {@code failed: …}, by the query's name
 * @param lag records produced that are neither scored nor refused yet
 */
record Health(String status, List<String> problems, Map<String, String> queries, long lag) {

    static Health of(List<String> problems, Map<String, String> queries, long lag) {
        return new Health(problems.isEmpty() ? "up" : "down", problems, queries, lag);
    }

    /** The health of a pipeline in an unknown state. */
    static Health unknown(String problem) {
        return of(List.of(problem), Map.of(), 0);
    }

    boolean isUp() {
        return problems.isEmpty();
    }
}
