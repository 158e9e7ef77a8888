package workbook.kit.orchestration;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs once a day.
 *
 * @param at the time of day at {@code zone}
 */
public record Schedule(Timetable timetable, LocalTime at, ZoneId zone) {

    /** What a run is about, and what moments that are missed become. */
    public enum Timetable {
        /** The day up to the moment at which it starts: Airflow's {@code CronDataIntervalTimetable}. */
        INTERVAL,
        /** No data in particular: Airflow's {@code CronTriggerTimetable}, which Airflow 3 makes of a cron expression. */
        TRIGGER
    }

    /** The first moment of the schedule after this one. */
    public Instant next(Instant moment) {
        Instant sameDay = on(moment, 0);
        return sameDay.isAfter(moment) ? sameDay : on(moment, 1);
    }

    /** The last moment of the schedule before this one. */
    public Instant previous(Instant moment) {
        Instant sameDay = on(moment, 0);
        return sameDay.isBefore(moment) ? sameDay : on(moment, -1);
    }

    private Instant on(Instant moment, int daysLater) {
        ZonedDateTime day = moment.atZone(zone).plusDays(daysLater);
        return ZonedDateTime.of(day.toLocalDate(), at, zone).toInstant();
    }

    /**
     * The runs that are due.
     *
     * @param start the start date of the DAG
     * @param catchup whether runs that were missed are made up for; otherwise the newest of them is the only one
     * @param last the last run that was made by the schedule; null for none
     */
    public List<Run> due(Instant start, boolean catchup, Run last, Instant now) {
        List<Run> due = new ArrayList<>();
        Run next = nextRun(start, catchup, last, now);
        while (!next.runAfter().isAfter(now)) {
            due.add(next);
            next = nextRun(start, catchup, next, now);
        }
        return due;
    }

    /** The runs whose logical date is in this range, both ends included, whatever has run already. */
    public List<Run> backfill(Instant from, Instant to) {
        List<Run> runs = new ArrayList<>();
        for (Instant date = atOrAfter(from); !date.isAfter(to); date = next(date)) {
            runs.add(run(date));
        }
        return runs;
    }

    private Run nextRun(Instant start, boolean catchup, Run last, Instant now) {
        Instant date = atOrAfter(start);
        if (last != null) {
            Instant following = timetable == Timetable.INTERVAL
                    ? last.interval().end()
                    : next(last.interval().end());
            date = latest(date, following);
        }
        return run(catchup ? date : latest(date, newest(now)));
    }

    /** The logical date of the newest run that is due. */
    private Instant newest(Instant now) {
        Instant moment = previous(next(now));
        return timetable == Timetable.INTERVAL ? previous(moment) : moment;
    }

    private Run run(Instant date) {
        return Run.over(date, timetable == Timetable.INTERVAL ? next(date) : date);
    }

    private Instant atOrAfter(Instant moment) {
        return next(previous(moment)).isBefore(moment) ? next(moment) : next(previous(moment));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
