package lesson11;

import static workbook.check.script.Script.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lesson11.NightlyRuns.Run;
import lesson11.NightlyRuns.Schedule;
import lesson11.NightlyRuns.Timetable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each row is a question: what is different from {@link #USUALLY}. Its answer is one row for each run; all moments are written in UTC,
 * without the year, which is 2026.
 */
@Checkpoint(NightlyRuns.class)
class NightlyRunsCheckpoint {

    private static final String USUALLY =
            "due, timetable interval, zone UTC, at 00:00, start 03-01T00:00, catchup off, last, now 03-04T12:00";
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");

    @Test
    @Order(1)
    void anIntervalRunsWhenItIsOver(NightlyRuns answer) {
        new Cases()
                .gives("now 03-01T23:59:59", "none")
                .gives("now 03-02T00:00", "03-01T00:00 03-01T00:00 03-02T00:00 03-02T00:00")
                .gives("now 03-02T23:59:59", "03-01T00:00 03-01T00:00 03-02T00:00 03-02T00:00")
                .gives("at 18:30, now 03-02T18:30", "03-01T18:30 03-01T18:30 03-02T18:30 03-02T18:30")
                .run(answer);
    }

    @Test
    @Order(2)
    void aTriggerRunsAtItsMoment(NightlyRuns answer) {
        new Cases()
                .gives("timetable trigger, now 03-01T00:00", "03-01T00:00 03-01T00:00 03-01T00:00 03-01T00:00")
                .gives("timetable trigger, at 00:01, now 03-01T00:00", "none")
                .gives(
                        "timetable trigger, at 18:30, now 03-02T18:29:59",
                        "03-01T18:30 03-01T18:30 03-01T18:30 03-01T18:30")
                .run(answer);
    }

    @Test
    @Order(3)
    void catchUpMakesUpForEverythingThatWasMissed(NightlyRuns answer) {
        new Cases()
                .gives(
                        "catchup on",
                        "03-01T00:00 03-01T00:00 03-02T00:00 03-02T00:00",
                        "03-02T00:00 03-02T00:00 03-03T00:00 03-03T00:00",
                        "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .gives(
                        "catchup on, timetable trigger, now 03-02T12:00",
                        "03-01T00:00 03-01T00:00 03-01T00:00 03-01T00:00",
                        "03-02T00:00 03-02T00:00 03-02T00:00 03-02T00:00")
                .run(answer);
    }

    @Test
    @Order(4)
    void withoutCatchUpOnlyTheNewestRunIsDue(NightlyRuns answer) {
        new Cases()
                .gives("now 03-04T12:00", "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .gives("timetable trigger", "03-04T00:00 03-04T00:00 03-04T00:00 03-04T00:00")
                .run(answer);
    }

    @Test
    @Order(5)
    void theFirstRunBeginsAtTheStartOrAfterIt(NightlyRuns answer) {
        new Cases()
                .gives(
                        "start 03-02T12:00, catchup on, now 03-05T00:00",
                        "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00",
                        "03-04T00:00 03-04T00:00 03-05T00:00 03-05T00:00")
                .gives(
                        "start 03-02T12:00, at 12:00, timetable trigger, catchup on, now 03-03T12:00",
                        "03-02T12:00 03-02T12:00 03-02T12:00 03-02T12:00",
                        "03-03T12:00 03-03T12:00 03-03T12:00 03-03T12:00")
                .gives("start 03-04T00:00, catchup on", "none")
                .gives("start 03-10T00:00, timetable trigger", "none")
                .run(answer);
    }

    @Test
    @Order(6)
    void theScheduleGoesOnAfterItsLastRun(NightlyRuns answer) {
        new Cases()
                .gives(
                        "last 03-01T00:00, catchup on",
                        "03-02T00:00 03-02T00:00 03-03T00:00 03-03T00:00",
                        "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .gives("last 03-01T00:00", "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .gives("last 03-03T00:00", "none")
                .gives("last 03-03T00:00, catchup on", "none")
                .gives("last 03-04T00:00, timetable trigger", "none")
                .gives(
                        "last 03-01T00:00, start 03-03T00:00, catchup on",
                        "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .run(answer);
    }

    @Test
    @Order(7)
    void aDayIsADayOfTheZone(NightlyRuns answer) {
        new Cases()
                .gives(
                        "zone Europe/Berlin, start 03-27T23:00, catchup on, now 03-30T22:00",
                        "03-27T23:00 03-27T23:00 03-28T23:00 03-28T23:00",
                        "03-28T23:00 03-28T23:00 03-29T22:00 03-29T22:00",
                        "03-29T22:00 03-29T22:00 03-30T22:00 03-30T22:00")
                .gives(
                        "zone Europe/Berlin, start 10-24T22:00, catchup on, now 10-26T23:00",
                        "10-24T22:00 10-24T22:00 10-25T23:00 10-25T23:00",
                        "10-25T23:00 10-25T23:00 10-26T23:00 10-26T23:00")
                .gives(
                        "zone Europe/Berlin, at 02:30, timetable trigger, start 03-28T12:00, catchup on, now 03-30T12:00",
                        "03-29T01:30 03-29T01:30 03-29T01:30 03-29T01:30",
                        "03-30T00:30 03-30T00:30 03-30T00:30 03-30T00:30")
                .gives(
                        "zone Europe/Berlin, at 02:30, timetable trigger, start 10-24T12:00, now 10-25T12:00",
                        "10-25T00:30 10-25T00:30 10-25T00:30 10-25T00:30")
                .gives(
                        "zone Europe/Berlin, at 02:30, start 03-28T12:00, catchup on, now 03-30T12:00",
                        "03-29T01:30 03-29T01:30 03-30T00:30 03-30T00:30")
                .gives(
                        "zone America/New_York, at 20:00, start 03-02T00:00, now 03-03T02:00",
                        "03-02T01:00 03-02T01:00 03-03T01:00 03-03T01:00")
                .run(answer);
    }

    @Test
    @Order(8)
    void aBackfillMakesTheRunsOfItsDays(NightlyRuns answer) {
        new Cases()
                .gives(
                        "backfill 03-01 03-02",
                        "03-01T00:00 03-01T00:00 03-02T00:00 03-02T00:00",
                        "03-02T00:00 03-02T00:00 03-03T00:00 03-03T00:00")
                .gives(
                        "backfill 03-01 03-02, timetable trigger, at 06:00",
                        "03-01T06:00 03-01T06:00 03-01T06:00 03-01T06:00",
                        "03-02T06:00 03-02T06:00 03-02T06:00 03-02T06:00")
                .gives("backfill 02-27 02-27", "02-27T00:00 02-27T00:00 02-28T00:00 02-28T00:00")
                .gives("backfill 03-01 03-01, zone Europe/Berlin", "02-28T23:00 02-28T23:00 03-01T23:00 03-01T23:00")
                .run(answer);
    }

    @Test
    @Order(9)
    void aBackfillLeavesAloneWhatIsDoneAndWhatMayNotRunYet(NightlyRuns answer) {
        new Cases()
                .gives(
                        "backfill 03-01 03-03, last 03-02T00:00 03-05T00:00",
                        "03-01T00:00 03-01T00:00 03-02T00:00 03-02T00:00",
                        "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .gives("backfill 03-03 03-06", "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .gives("backfill 03-03 03-03, now 03-04T00:00", "03-03T00:00 03-03T00:00 03-04T00:00 03-04T00:00")
                .gives(
                        "backfill 03-04 03-06, timetable trigger, now 03-05T00:00",
                        "03-04T00:00 03-04T00:00 03-04T00:00 03-04T00:00",
                        "03-05T00:00 03-05T00:00 03-05T00:00 03-05T00:00")
                .gives("backfill 03-02 03-02, last 03-02T00:00", "none")
                .run(answer);
    }

    @Test
    @Order(10)
    void aRunLoadsTheSameDayWheneverItWorks(NightlyRuns answer) {
        new Cases()
                .gives("day 03-02, now 03-03T00:00", "2026-03-02")
                .gives("day 03-02, now 03-09T17:00", "2026-03-02")
                .gives("day 03-02, timetable trigger, now 03-02T00:00", "2026-03-01")
                .gives("day 03-02, timetable trigger, now 03-02T23:59", "2026-03-01")
                .gives("day 03-02, timetable trigger, now 03-09T17:00", "2026-03-01")
                .gives("day 03-02, zone Europe/Berlin, now 03-03T00:00", "2026-03-02")
                .gives("day 03-02, zone America/New_York, at 20:00, now 03-04T02:00", "2026-03-02")
                .gives("day 03-02, zone Asia/Kolkata, timetable trigger, at 01:00, now 03-04T02:00", "2026-03-01")
                .run(answer);
    }

    @Test
    @Order(11)
    void randomSchedulesMakeTheRunsThatALoopMakes(NightlyRuns answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Cases cases = new Cases().title(seed.hint() + "; usually: " + USUALLY);
        for (int i = 0; i < 60; i++) {
            String different = random(random);
            cases.gives(different, Oracle.rows(Question.of(different)));
        }
        cases.run(answer);
    }

    private static String random(Random random) {
        int day = random.nextInt(300);
        String last = random.nextInt(3) == 0 ? "" : " " + moment(random, day + random.nextInt(5));
        String asked = random.nextBoolean() ? "due" : "backfill " + date(day) + " " + date(day + random.nextInt(6));
        return "%s, timetable %s, zone %s, at %s, start %s, catchup %s, last%s, now %s"
                .formatted(
                        asked,
                        random.nextBoolean() ? "interval" : "trigger",
                        ZONES.get(random.nextInt(ZONES.size())),
                        LocalTime.MIDNIGHT.plusMinutes(30L * random.nextInt(48)),
                        moment(random, day),
                        random.nextBoolean() ? "on" : "off",
                        last,
                        moment(random, day + random.nextInt(7)));
    }

    /** Clocks change on full and half hours, and so do the schedules. */
    private static String moment(Random random, int day) {
        return date(day) + "T" + LocalTime.MIDNIGHT.plusMinutes(30L * random.nextInt(48));
    }

    private static String date(int day) {
        return LocalDate.of(2026, 2, 1).plusDays(day).toString().substring(5);
    }

    /** Looks at each day of the year, and a little more. */
    private static final class Oracle {

        static String[] rows(Question question) {
            List<String> rows = new ArrayList<>();
            LocalDate first = LocalDate.of(2025, 12, 1);
            for (LocalDate day = first; day.isBefore(LocalDate.of(2027, 2, 1)); day = day.plusDays(1)) {
                Schedule schedule = question.schedule();
                Instant moment =
                        day.atTime(schedule.at()).atZone(schedule.zone()).toInstant();
                Instant end = schedule.timetable() == Timetable.TRIGGER
                        ? moment
                        : day.plusDays(1)
                                .atTime(schedule.at())
                                .atZone(schedule.zone())
                                .toInstant();
                boolean isWanted = question.isBackfill()
                        ? isInRange(question, day) && !question.done().contains(moment)
                        : isAfter(question, moment);
                if (isWanted && !end.isAfter(question.now())) {
                    rows.add(String.join(" ", text(moment), text(moment), text(end), text(end)));
                }
            }
            boolean isOne = !question.isBackfill() && !question.schedule().catchup() && !rows.isEmpty();
            List<String> wanted = isOne ? List.of(rows.get(rows.size() - 1)) : rows;
            return wanted.isEmpty() ? new String[] {"none"} : wanted.toArray(String[]::new);
        }

        private static boolean isInRange(Question question, LocalDate day) {
            return !day.isBefore(question.first()) && !day.isAfter(question.end());
        }

        private static boolean isAfter(Question question, Instant moment) {
            boolean isNew = question.last() == null || moment.isAfter(question.last());
            return isNew && !moment.isBefore(question.schedule().start());
        }
    }

    /** The words of a question by their first. */
    private record Question(Map<String, List<String>> values) {

        static Question of(String different) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            Stream.of(USUALLY.split(", "), different.split(", "))
                    .flatMap(Stream::of)
                    .map(value -> List.of(value.split(" ")))
                    .forEach(words -> values.put(words.get(0), words.subList(1, words.size())));
            return new Question(values);
        }

        Schedule schedule() {
            return new Schedule(
                    word("timetable").equals("trigger") ? Timetable.TRIGGER : Timetable.INTERVAL,
                    LocalTime.parse(word("at")),
                    ZoneId.of(word("zone")),
                    instant(word("start")),
                    word("catchup").equals("on"));
        }

        boolean isBackfill() {
            return values.containsKey("backfill");
        }

        boolean isDay() {
            return values.containsKey("day");
        }

        LocalDate first() {
            return LocalDate.parse("2026-" + values.get("backfill").get(0));
        }

        LocalDate end() {
            return LocalDate.parse("2026-" + values.get("backfill").get(1));
        }

        Instant last() {
            return values.get("last").isEmpty() ? null : instant(word("last"));
        }

        Set<Instant> done() {
            return values.get("last").stream().map(Question::instant).collect(Collectors.toSet());
        }

        Instant now() {
            return instant(word("now"));
        }

        /** The run whose logical date is on this day. */
        Run run() {
            Schedule schedule = schedule();
            LocalDate day = LocalDate.parse("2026-" + word("day"));
            Instant from = day.atTime(schedule.at()).atZone(schedule.zone()).toInstant();
            Instant to = schedule.timetable() == Timetable.TRIGGER
                    ? from
                    : day.plusDays(1)
                            .atTime(schedule.at())
                            .atZone(schedule.zone())
                            .toInstant();
            return new Run(from, from, to, to);
        }

        private String word(String key) {
            return values.get(key).get(0);
        }

        private static Instant instant(String text) {
            return LocalDateTime.parse("2026-" + text).toInstant(ZoneOffset.UTC);
        }
    }

    private static String text(Instant instant) {
        String text = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        return text.startsWith("2026-") ? text.substring(5) : text;
    }

    /** Questions, and the rows that answer them. */
    private static final class Cases {

        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "Usually: " + USUALLY;

        Cases title(String hint) {
            title = hint;
            return this;
        }

        Cases gives(String different, String... rows) {
            given.add(row(different));
            for (String each : rows) {
                expected.add(cells(different, each));
            }
            return this;
        }

        void run(NightlyRuns answer) {
            Script.of("given STRING")
                    .columns("given STRING", "logical_date STRING", "from STRING", "to STRING", "run_after STRING")
                    .title(title)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Asking(answer));
        }
    }

    /** A single word is the logical date, or the day. */
    private static ScriptRow cells(String question, String words) {
        String[] cells = words.split(" ");
        return cells.length == 1
                ? row(question, cells[0], null, null, null)
                : row(question, cells[0], cells[1], cells[2], cells[3]);
    }

    /** Asks the answer each question. */
    private static final class Asking implements Job {

        private final NightlyRuns answer;
        private final List<ScriptRow> rows = new ArrayList<>();
        private List<ScriptRow> questions = List.of();

        Asking(NightlyRuns answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            questions = rows;
        }

        @Override
        public void run() {
            for (ScriptRow each : questions) {
                String text = each.getString(0);
                Question question = Question.of(text);
                answers(question).forEach(answered -> rows.add(cells(text, answered)));
            }
        }

        private List<String> answers(Question question) {
            Schedule schedule = question.schedule();
            if (question.isDay()) {
                return List.of(
                        answer.day(schedule, question.run(), question.now()).toString());
            }
            List<Run> runs = question.isBackfill()
                    ? answer.backfill(schedule, question.first(), question.end(), question.done(), question.now())
                    : answer.due(schedule, question.last(), question.now());
            return runs.isEmpty()
                    ? List.of("none")
                    : runs.stream().map(Asking::words).toList();
        }

        private static String words(Run run) {
            return Stream.of(run.logicalDate(), run.from(), run.to(), run.runAfter())
                    .map(NightlyRunsCheckpoint::text)
                    .collect(Collectors.joining(" "));
        }

        @Override
        public List<ScriptRow> output() {
            return rows;
        }
    }
}
