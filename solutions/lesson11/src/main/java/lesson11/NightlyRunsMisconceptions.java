package lesson11;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link NightlyRuns} that people give. */
public final class NightlyRunsMisconceptions {

    private NightlyRunsMisconceptions() {}

    @Misconception(
            believed = "The run of the first of March runs on the first of March.",
            really =
                    "It is about the data of that day, and the day has to be over first: it runs on the second. The logical date is the"
                            + " beginning of the interval, not the time of the run.",
            concept = "Data intervals")
    public static class RunsAtItsLogicalDate extends NightlyRuns {
        @Override
        Run run(Schedule schedule, LocalDate day) {
            Run run = super.run(schedule, day);
            return new Run(run.logicalDate(), run.from(), run.to(), run.logicalDate());
        }
    }

    @Misconception(
            believed = "A run is named by the day on which it runs.",
            really =
                    "It is named by the beginning of its interval, so that it keeps its name however late it runs. Whoever names it by the"
                            + " end loads each day into the partition of the next.",
            concept = "Data intervals")
    public static class NamesItByItsEnd extends NightlyRuns {
        @Override
        Run run(Schedule schedule, LocalDate day) {
            Run run = super.run(schedule, day);
            return new Run(run.to(), run.from(), run.to(), run.runAfter());
        }
    }

    @Misconception(
            believed = "The start date is when the first run starts.",
            really =
                    "It is where the first interval begins. The first run starts when this interval is over; the interval before it"
                            + " does not belong to the schedule.",
            concept = "Data intervals")
    public static class StartsAtTheStart extends NightlyRuns {
        @Override
        List<Run> missed(Schedule schedule, Instant last, Instant now) {
            boolean isInterval = schedule.timetable() == Timetable.INTERVAL;
            Instant dayBefore = schedule.start().minus(Duration.ofDays(isInterval ? 1 : 0));
            return super.missed(
                    new Schedule(schedule.timetable(), schedule.at(), schedule.zone(), dayBefore, schedule.catchup()),
                    last,
                    now);
        }
    }

    @Misconception(
            believed = "What was missed during a pause is made up for.",
            really =
                    "Only with catch-up, and Airflow 3 has it off unless a DAG asks for it. After a pause there is one run, the newest;"
                            + " the days before it are missing until somebody starts a backfill.",
            concept = "Catch-up")
    public static class AlwaysCatchesUp extends NightlyRuns {
        @Override
        boolean isAllDue(Schedule schedule) {
            return true;
        }
    }

    @Misconception(
            believed = "Without catch-up, nothing that was missed runs.",
            really =
                    "The newest run that is due still runs, so the schedule continues at once instead of at its next moment.",
            concept = "Catch-up")
    public static class ForgetsTheNewest extends NightlyRuns {
        @Override
        List<Run> newest(List<Run> missed) {
            return missed.size() > 1 ? List.of() : missed;
        }
    }

    @Misconception(
            believed = "Without catch-up, one run covers everything that was missed.",
            really =
                    "Each run is about one interval. The run after the pause loads one day, and the days before are in none.",
            concept = "Catch-up")
    public static class CoversThePause extends NightlyRuns {
        @Override
        List<Run> newest(List<Run> missed) {
            List<Run> newest = super.newest(missed);
            return newest.stream()
                    .map(run -> {
                        boolean isInterval = !run.from().equals(run.to());
                        Instant from = isInterval ? missed.get(0).from() : run.from();
                        return new Run(from, from, run.to(), run.runAfter());
                    })
                    .toList();
        }
    }

    @Misconception(
            believed = "Daily means that a run is about a day.",
            really =
                    "That depends on the timetable. Airflow 3 makes a trigger of a cron expression, and a trigger's interval has no"
                            + " width: a task that reads from its beginning to its end reads nothing.",
            concept = "Data intervals")
    public static class GivesATriggerADay extends NightlyRuns {
        @Override
        Run run(Schedule schedule, LocalDate day) {
            Run run = super.run(schedule, day);
            boolean isTrigger = schedule.timetable() == Timetable.TRIGGER;
            return isTrigger
                    ? new Run(run.logicalDate(), moment(schedule, day.minusDays(1)), run.to(), run.runAfter())
                    : run;
        }
    }

    @Misconception(
            believed = "A day has 24 hours.",
            really =
                    "Where clocks change it has 23 once a year, and 25. An interval that ends after 24 hours overlaps the next one, or"
                            + " leaves an hour that is in none.",
            concept = "Data intervals")
    public static class AddsTwentyFourHours extends NightlyRuns {
        @Override
        Instant next(Schedule schedule, LocalDate day) {
            return moment(schedule, day).plus(Duration.ofDays(1));
        }
    }

    @Misconception(
            believed = "A scheduler runs in UTC, so its times are UTC.",
            really =
                    "A schedule has a zone of its own. Midnight in Berlin is 23:00 UTC of the day before, in summer 22:00.",
            concept = "Data intervals")
    public static class PlansInUtc extends NightlyRuns {
        @Override
        Instant moment(Schedule schedule, LocalDate day) {
            return day.atTime(schedule.at()).toInstant(ZoneOffset.UTC);
        }
    }

    @Misconception(
            believed = "An interval is over when a later moment has come.",
            really = "Its end does not belong to it: at this very moment it is over, and its run may start.",
            concept = "Data intervals")
    public static class WaitsForALaterMoment extends NightlyRuns {
        @Override
        boolean mayRun(Run run, Instant now) {
            return run.runAfter().isBefore(now);
        }
    }

    @Misconception(
            believed = "A run that is missing in the history runs again.",
            really =
                    "A schedule goes on after its last run. It does not look for gaps before it, and does not repeat what is there.",
            concept = "Catch-up")
    public static class IgnoresTheLastRun extends NightlyRuns {
        @Override
        List<Run> missed(Schedule schedule, Instant last, Instant now) {
            return super.missed(schedule, null, now);
        }
    }

    @Misconception(
            believed = "A nightly task loads yesterday, and it is yesterday's date that it asks the clock for.",
            really =
                    "A retry after midnight, a run after a pause, and a backfill have another yesterday. They load a day twice, and"
                            + " another one never. What a run loads is in the run.",
            concept = "Idempotence")
    public static class AsksTheClock extends NightlyRuns {
        @Override
        public LocalDate day(Schedule schedule, Run run, Instant now) {
            return LocalDate.ofInstant(now, schedule.zone()).minusDays(1);
        }
    }

    @Misconception(
            believed = "The logical date is the day to load.",
            really =
                    "Of an interval, it is. A trigger is named by the moment at which it runs, and the day that is over is the one"
                            + " before.",
            concept = "Data intervals")
    public static class LoadsTheDayOfTheTrigger extends NightlyRuns {
        @Override
        public LocalDate day(Schedule schedule, Run run, Instant now) {
            return LocalDate.ofInstant(run.logicalDate(), schedule.zone());
        }
    }

    @Misconception(
            believed = "The end of a range is not part of it.",
            really =
                    "The end of an interval is not. A backfill names runs, and both the first and the last one that are named are meant.",
            concept = "Backfill")
    public static class LeavesOutTheLastDay extends NightlyRuns {
        @Override
        LocalDate end(LocalDate last) {
            return last;
        }
    }

    @Misconception(
            believed = "A backfill runs everything in its range.",
            really =
                    "Unless it is told otherwise, it leaves alone what has run. Running a day again is a decision: reports that were"
                            + " read change.",
            concept = "Backfill")
    public static class RepeatsWhatIsDone extends NightlyRuns {
        @Override
        public List<Run> backfill(Schedule schedule, LocalDate first, LocalDate last, Set<Instant> done, Instant now) {
            return super.backfill(schedule, first, last, Set.of(), now);
        }
    }

    @Misconception(
            believed = "The order of a backfill does not matter.",
            really =
                    "It does as soon as a task reads what the run of the day before has written. The oldest run comes first.",
            concept = "Backfill")
    public static class BeginsWithTheNewest extends NightlyRuns {
        @Override
        public List<Run> backfill(Schedule schedule, LocalDate first, LocalDate last, Set<Instant> done, Instant now) {
            List<Run> runs = new ArrayList<>(super.backfill(schedule, first, last, done, now));
            Collections.reverse(runs);
            return runs;
        }
    }
}
