package lesson11;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import workbook.check.Unsolved;

/**
 * Makes the runs of a daily schedule: those that are due, those of a backfill, and the day whose data each one loads.
 *
 * <p><b>In:</b> a {@link Schedule}. It has one moment each day, at its time of day in its zone. A time that the clocks skip on a day is
 * later by what they skip; of a time that they show twice, it is the first.
 *
 * <p><b>Out:</b> runs, the oldest first.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>With {@code INTERVAL} a run is about the data between a moment of the schedule and the next one. Its logical date is the first of
 *     the two, and it may run from the second on.
 * <li>With {@code TRIGGER} a run is about no interval: from and to, the logical date, and the moment from which on it may run are the
 *     same moment of the schedule.
 * <li>{@code due} returns the runs that may run by now, with logical dates from the start of the schedule on, and after that of the last
 *     run, if there is one. Without catch-up it returns only the newest of these.
 * <li>{@code backfill} returns the runs with logical dates on the days from the first to the last one, both included, in the
 *     schedule's zone, without those that have been done and those that may not run yet. The start of the schedule and catch-up do not
 *     matter.
 * <li>{@code day} is the day in the schedule's zone on which the run's interval begins; with {@code TRIGGER} it is the day before the
 *     logical date. A run may be late, be retried, or belong to a backfill: it always loads the same day.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=11 -Dexercise=NightlyRuns}; hints are in
 * {@code exercises/lesson11/hints/NightlyRuns.md}.
 */
public class NightlyRuns {

    /** Whether runs are about an interval. */
    public enum Timetable {
        INTERVAL,
        TRIGGER
    }

    /**
     * A daily schedule.
     *
     * @param at the time of day in {@code zone}
     * @param start the earliest logical date
     * @param catchup whether runs that were missed are made up for
     */
    public record Schedule(Timetable timetable, LocalTime at, ZoneId zone, Instant start, boolean catchup) {}

    /**
     * A run.
     *
     * @param logicalDate its name
     * @param from the first moment of its interval
     * @param to the first moment after its interval
     * @param runAfter the moment from which on it may run
     */
    public record Run(Instant logicalDate, Instant from, Instant to, Instant runAfter) {}

    /** @param last the logical date of the newest run that the schedule has made; null if there is none */
    public List<Run> due(Schedule schedule, Instant last, Instant now) {
        throw new Unsolved();
    }

    /** @param done the logical dates of all runs so far */
    public List<Run> backfill(Schedule schedule, LocalDate first, LocalDate last, Set<Instant> done, Instant now) {
        throw new Unsolved();
    }

    /** @param now when the run does its work */
    public LocalDate day(Schedule schedule, Run run, Instant now) {
        throw new Unsolved();
    }
}
