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
 * The learner's progress over time.
 *
 * @param zone the time zone of the days
 * @param today the day of the report
 * @param days the days with attempts, in order
 * @param finish the day on which the month is done at this pace; empty if nothing is solved or everything is done
 * @param sentence the same in words
 */
public record Pace(ZoneId zone, LocalDate today, List<Day> days, Optional<LocalDate> finish, String sentence) {

    /**
     * The attempts of a day.
     *
     * @param attempts answers checked
     * @param solved exercises solved for the first time
     */
    public record Day(LocalDate date, int attempts, int solved) {

        private Day plus(int moreAttempts, int moreSolved) {
            return new Day(date, attempts + moreAttempts, solved + moreSolved);
        }
    }

    /** The pace of these answers, at the current score, 0 to 100. */
    static Pace of(List<Attempt> answers, List<ExerciseResult> results, double score, Clock clock) {
        ZoneId zone = clock.getZone();
        LocalDate today = LocalDate.now(clock);
        List<Day> days = days(answers, results, zone);
        if (days.isEmpty()) {
            return new Pace(
                    zone, today, days, Optional.empty(), "No attempts yet. Your month begins with the first one.");
        }
        long day = 1 + Math.max(0, ChronoUnit.DAYS.between(days.get(0).date(), today));
        Optional<LocalDate> finish = score <= 0 || score >= 100
                ? Optional.empty()
                : Optional.of(today.plusDays((long) Math.ceil((100 - score) * day / score)));
        return new Pace(zone, today, days, finish, sentence(score, day, finish));
    }

    private static List<Day> days(List<Attempt> answers, List<ExerciseResult> results, ZoneId zone) {
        TreeMap<LocalDate, Day> days = new TreeMap<>();
        answers.forEach(answer -> days.merge(
                LocalDate.ofInstant(answer.time(), zone),
                new Day(LocalDate.ofInstant(answer.time(), zone), 1, 0),
                (day, one) -> day.plus(1, 0)));
        results.stream()
                .flatMap(result -> result.solved().stream())
                .forEach(solved ->
                        days.computeIfPresent(LocalDate.ofInstant(solved, zone), (date, day) -> day.plus(0, 1)));
        return List.copyOf(days.values());
    }

    private static String sentence(double score, long day, Optional<LocalDate> finish) {
        String now = "You are at " + Points.text(score) + " of 100 on day " + day + ".";
        return finish.map(date -> now + " At this pace you finish on " + date + ".")
                .orElse(score > 0 ? now + " The month is done." : now + " The first solved exercise sets the pace.");
    }

    /** The number of attempts on all days. */
    public int attempts() {
        return days.stream().mapToInt(Day::attempts).sum();
    }
}
