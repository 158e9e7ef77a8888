package workbook.evaluate.month;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import workbook.check.progress.Attempt;

/**
 * How fast it goes.
 *
 * @param zone the time zone whose days these are
 * @param today the day of the report
 * @param days the days on which something was tried, in order
 * @param finish the day on which the month is done if it goes on like this; none if nothing is solved or all is done
 * @param sentence all of it in a sentence or two
 */
public record Pace(ZoneId zone, LocalDate today, List<Day> days, Optional<LocalDate> finish, String sentence) {

    /**
     * What happened on a day.
     *
     * @param attempts answers judged
     * @param solved exercises solved for the first time
     */
    public record Day(LocalDate date, int attempts, int solved) {

        private Day plus(int moreAttempts, int moreSolved) {
            return new Day(date, attempts + moreAttempts, solved + moreSolved);
        }
    }

    /** The pace of who gave these answers, and has this score, 0 to 100, now. */
    static Pace of(List<Attempt> answers, List<ExerciseResult> standings, double score, Clock clock) {
        ZoneId zone = clock.getZone();
        LocalDate today = LocalDate.now(clock);
        List<Day> days = days(answers, standings, zone);
        if (days.isEmpty()) {
            return new Pace(
                    zone,
                    today,
                    days,
                    Optional.empty(),
                    "Nothing tried yet: your month begins with the first attempt.");
        }
        long day = 1 + Math.max(0, ChronoUnit.DAYS.between(days.get(0).date(), today));
        Optional<LocalDate> finish = score <= 0 || score >= 100
                ? Optional.empty()
                : Optional.of(today.plusDays((long) Math.ceil((100 - score) * day / score)));
        return new Pace(zone, today, days, finish, sentence(score, day, finish));
    }

    private static List<Day> days(List<Attempt> answers, List<ExerciseResult> standings, ZoneId zone) {
        TreeMap<LocalDate, Day> days = new TreeMap<>();
        answers.forEach(answer -> days.merge(
                LocalDate.ofInstant(answer.time(), zone),
                new Day(LocalDate.ofInstant(answer.time(), zone), 1, 0),
                (day, one) -> day.plus(1, 0)));
        standings.stream()
                .flatMap(standing -> standing.solved().stream())
                .forEach(solved ->
                        days.computeIfPresent(LocalDate.ofInstant(solved, zone), (date, day) -> day.plus(0, 1)));
        return List.copyOf(days.values());
    }

    private static String sentence(double score, long day, Optional<LocalDate> finish) {
        String now = "You are at " + Points.text(score) + " of 100 on day " + day + ".";
        return finish.map(date -> now + " At this pace you finish on " + date + ".")
                .orElse(
                        score > 0
                                ? now + " The month is done."
                                : now + " The first exercise solved will set the pace.");
    }

    /** Answers judged, over all days. */
    public int attempts() {
        return days.stream().mapToInt(Day::attempts).sum();
    }
}
