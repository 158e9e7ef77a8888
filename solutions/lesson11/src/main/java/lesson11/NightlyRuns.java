package lesson11;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Counts in days of the schedule's zone, and asks the zone for the moment on each of them. A day then has the length that it has, and an
 * interval ends where the next one begins.
 *
 * <p>The day to load is a property of the run. The clock says when work is done, not what it is about.
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

    public List<Run> due(Schedule schedule, Instant last, Instant now) {
        List<Run> missed = missed(schedule, last, now);
        return isAllDue(schedule) ? missed : newest(missed);
    }

    /** The runs that may run by now, and have not been made. */
    List<Run> missed(Schedule schedule, Instant last, Instant now) {
        return days(schedule, schedule.start())
                .map(day -> run(schedule, day))
                .filter(run -> !run.logicalDate().isBefore(schedule.start()))
                .filter(run -> last == null || run.logicalDate().isAfter(last))
                .takeWhile(run -> mayRun(run, now))
                .toList();
    }

    boolean isAllDue(Schedule schedule) {
        return schedule.catchup();
    }

    List<Run> newest(List<Run> missed) {
        return missed.isEmpty() ? missed : missed.subList(missed.size() - 1, missed.size());
    }

    public List<Run> backfill(Schedule schedule, LocalDate first, LocalDate last, Set<Instant> done, Instant now) {
        return first.datesUntil(end(last))
                .map(day -> run(schedule, day))
                .filter(run -> !done.contains(run.logicalDate()))
                .filter(run -> mayRun(run, now))
                .toList();
    }

    /** The day after the last of a range. */
    LocalDate end(LocalDate last) {
        return last.plusDays(1);
    }

    boolean mayRun(Run run, Instant now) {
        return !run.runAfter().isAfter(now);
    }

    public LocalDate day(Schedule schedule, Run run, Instant now) {
        LocalDate day = LocalDate.ofInstant(run.from(), schedule.zone());
        return schedule.timetable() == Timetable.INTERVAL ? day : day.minusDays(1);
    }

    /** The day of this moment and all later ones. */
    private static Stream<LocalDate> days(Schedule schedule, Instant from) {
        return Stream.iterate(LocalDate.ofInstant(from, schedule.zone()), day -> day.plusDays(1));
    }

    Run run(Schedule schedule, LocalDate day) {
        Instant from = moment(schedule, day);
        Instant to = schedule.timetable() == Timetable.INTERVAL ? next(schedule, day) : from;
        return new Run(from, from, to, to);
    }

    Instant next(Schedule schedule, LocalDate day) {
        return moment(schedule, day.plusDays(1));
    }

    Instant moment(Schedule schedule, LocalDate day) {
        return day.atTime(schedule.at()).atZone(schedule.zone()).toInstant();
    }
}
