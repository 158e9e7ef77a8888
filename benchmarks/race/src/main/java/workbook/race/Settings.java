package workbook.race;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds runs of each contestant
 * @param hours of event time that wait when an engine starts
 * @param rate the lowest rate, in payments per second
 * @param plateau how long it lasts
 * @param doublings how often the rate is doubled at most, in the last round
 */
record Settings(int rounds, int hours, int rate, Duration plateau, int doublings) {

    static final Settings WHOLE = new Settings(5, 1, 1_000, Duration.ofSeconds(6), 6);

    /** One round without doublings. */
    static final Settings QUICK = new Settings(1, 1, 1_000, Duration.ofSeconds(5), 0);

    /** @param rounds null for these settings */
    Settings withRounds(Integer rounds) {
        return rounds == null ? this : new Settings(rounds, hours, rate, plateau, doublings);
    }
}
