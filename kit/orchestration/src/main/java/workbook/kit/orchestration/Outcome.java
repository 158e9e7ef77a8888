package workbook.kit.orchestration;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What one try of a task does.
 *
 * @param branches the direct downstream tasks that a branch has chosen; otherwise empty
 * @param takes how long it runs; for a {@link Sensor}, how long after its first poke its condition is met
 */
public record Outcome(Result result, List<String> branches, Duration takes) {

    /** How a try ends. */
    public enum Result {
        SUCCESS,
        FAILED,
        /** Fails, and must not be tried again: Airflow's {@code AirflowFailException}. */
        FAILED_FOR_GOOD,
        SKIPPED,
        /** Succeeds, and skips the direct downstream tasks that it has not chosen. */
        BRANCH,
        /** Succeeds, and skips everything downstream. */
        SHORT_CIRCUIT,
        /** Succeeds, and skips what is directly downstream; trigger rules decide about the rest. */
        SHORT_CIRCUIT_DIRECT
    }

    /**
     * An outcome after one minute.
     *
     * @param text a result in lower case; a branch with the tasks that it chooses: {@code branch:a,b}
     */
    public static Outcome of(String text) {
        String[] parts = text.split(":");
        Result result = Result.valueOf(parts[0].toUpperCase(Locale.ROOT));
        return new Outcome(result, parts.length == 1 ? List.of() : List.of(parts[1].split(",")), Duration.ofMinutes(1));
    }

    public Outcome taking(Duration duration) {
        return new Outcome(result, branches, duration);
    }
}
