package workbook.race;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds runs of each contestant
 * @param hours of event time that wait when an engine starts
 * @param perHour payments in each of them. An engine reads up to a MiB of one partition before it reads the other, some
 *     10,000 payments; in half an hour, the grace period, there have to be more, unless its clock is that of the slower
 *     partition
 * @param rate the lowest rate, in payments per second
 * @param plateau how long it lasts
 * @param doublings how often the rate is doubled at most, in the last round
 */
record Settings(int rounds, int hours, int perHour, int rate, Duration plateau, int doublings) {

    static final Settings WHOLE = new Settings(3, 1, 100_000, 1_000, Duration.ofSeconds(6), 6);

    /** One round without doublings. */
    static final Settings QUICK = new Settings(1, 1, 100_000, 1_000, Duration.ofSeconds(4), 0);

    /** @param rounds null for these settings */
    Settings withRounds(Integer rounds) {
        return rounds == null ? this : new Settings(rounds, hours, perHour, rate, plateau, doublings);
    }

    /** One in so many payments. */
    Settings oneIn(int number) {
        return new Settings(rounds, hours, perHour / number, rate / number, plateau, doublings);
    }
}
