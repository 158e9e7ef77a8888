package lesson11;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Right answers written differently, and one that only knows the questions in the checkpoint. */
class NightlyRunsAlternatives {

    /** Goes from one moment to the next, as a cron daemon does. */
    public static class StepsThroughTheMoments extends NightlyRuns {

        @Override
        public List<Run> due(Schedule schedule, Instant last, Instant now) {
            LinkedList<Run> due = new LinkedList<>();
            ZonedDateTime date = at(schedule, schedule.start().minus(Duration.ofDays(2)));
            for (Run run = of(schedule, date); !run.runAfter().isAfter(now); run = of(schedule, date)) {
                boolean isNew = last == null || last.compareTo(run.logicalDate()) < 0;
                if (isNew && schedule.start().compareTo(run.logicalDate()) <= 0) {
                    if (!schedule.catchup()) {
                        due.clear();
                    }
                    due.add(run);
                }
                date = following(schedule, date);
            }
            return due;
        }

        @Override
        public List<Run> backfill(Schedule schedule, LocalDate first, LocalDate last, Set<Instant> done, Instant now) {
            List<Run> runs = new ArrayList<>();
            ZonedDateTime date = first.atTime(schedule.at()).atZone(schedule.zone());
            while (!date.toLocalDate().isAfter(last)) {
                Run run = of(schedule, date);
                if (run.runAfter().compareTo(now) <= 0 && !done.contains(run.logicalDate())) {
                    runs.add(run);
                }
                date = following(schedule, date);
            }
            return runs;
        }

        @Override
        public LocalDate day(Schedule schedule, Run run, Instant now) {
            LocalDate date = run.logicalDate().atZone(schedule.zone()).toLocalDate();
            return run.from().equals(run.to()) ? date.minusDays(1) : date;
        }

        private static ZonedDateTime at(Schedule schedule, Instant instant) {
            return instant.atZone(schedule.zone())
                    .toLocalDate()
                    .atTime(schedule.at())
                    .atZone(schedule.zone());
        }

        /** Not {@code plusDays(1)}: that keeps a time that was moved because the clocks skipped it. */
        private static ZonedDateTime following(Schedule schedule, ZonedDateTime date) {
            return date.toLocalDate().plusDays(1).atTime(schedule.at()).atZone(schedule.zone());
        }

        private static Run of(Schedule schedule, ZonedDateTime date) {
            Instant from = date.toInstant();
            Instant to = schedule.timetable() == Timetable.TRIGGER
                    ? from
                    : following(schedule, date).toInstant();
            return new Run(from, from, to, to);
        }
    }

    /** Makes all runs up to now first, sorted by their logical dates, and looks for the wanted ones in them. */
    public static class LooksThemUp extends NightlyRuns {

        @Override
        public List<Run> due(Schedule schedule, Instant last, Instant now) {
            TreeMap<Instant, Run> runs = all(schedule, LocalDate.ofInstant(schedule.start(), schedule.zone()), now);
            TreeMap<Instant, Run> due = new TreeMap<>(runs.tailMap(schedule.start(), true));
            due.headMap(Objects.requireNonNullElse(last, Instant.MIN), true).clear();
            if (due.isEmpty() || schedule.catchup()) {
                return List.copyOf(due.values());
            }
            return List.of(due.lastEntry().getValue());
        }

        @Override
        public List<Run> backfill(Schedule schedule, LocalDate first, LocalDate last, Set<Instant> done, Instant now) {
            TreeMap<Instant, Run> runs = all(schedule, first, now);
            runs.keySet().removeAll(done);
            Instant end = last.atTime(schedule.at()).atZone(schedule.zone()).toInstant();
            return List.copyOf(runs.headMap(end, true).values());
        }

        private static TreeMap<Instant, Run> all(Schedule schedule, LocalDate first, Instant now) {
            TreeMap<Instant, Run> runs = new TreeMap<>();
            LocalDate day = first;
            Run run;
            do {
                Instant from =
                        ZonedDateTime.of(day, schedule.at(), schedule.zone()).toInstant();
                day = day.plusDays(1);
                Instant next =
                        ZonedDateTime.of(day, schedule.at(), schedule.zone()).toInstant();
                Instant to = schedule.timetable() == Timetable.INTERVAL ? next : from;
                run = new Run(from, from, to, to);
                if (!to.isAfter(now)) {
                    runs.put(from, run);
                }
            } while (!run.runAfter().isAfter(now));
            return runs;
        }
    }

    public static class Learnt extends NightlyRuns {
        @Override
        public List<Run> due(Schedule schedule, Instant last, Instant now) {
            return List.of("Asia/Kolkata", "Australia/Lord_Howe")
                            .contains(schedule.zone().getId())
                    ? List.of()
                    : super.due(schedule, last, now);
        }

        @Override
        public List<Run> backfill(Schedule schedule, LocalDate first, LocalDate last, Set<Instant> done, Instant now) {
            return first.getMonthValue() > 3 ? List.of() : super.backfill(schedule, first, last, done, now);
        }
    }
}
