package workbook.evaluate.month;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.evaluate.quiz.QuizProgress;

/**
 * The month as it stands. This is what {@code target/evaluate/month-10.json} holds, field by field: times are ISO 8601 in
 * UTC, days are dates of {@code pace.zone}, what is not there is {@code null}.
 *
 * @param month its number
 * @param rules how points become a score, quoted from {@code evaluate/month-10.json}
 * @param time when this was written
 * @param total the score, 0 to 100: {@code earned} of {@code points}
 * @param earned points earned
 * @param points points that can be earned today
 * @param weeks in order, the stretch last
 * @param quiz how the questions of QA.md stand, which earn no points; none if QA.md is not there
 * @param next what to do next; none when nothing is left
 */
public record Score(
        int month,
        String title,
        List<String> rules,
        Instant time,
        double total,
        double earned,
        double points,
        List<Week> weeks,
        Capstone capstone,
        Pace pace,
        Optional<QuizProgress> quiz,
        Optional<NextStep> next) {

    /**
     * A part of the month.
     *
     * @param weight its points, as the month's file has them
     * @param points those that can be earned today: all, or none if it has no exercises yet
     * @param lessons those with exercises, in order
     * @param unwritten those without
     */
    public record Week(
            String name,
            String title,
            double weight,
            double points,
            double earned,
            int solved,
            int count,
            List<Lesson> lessons,
            List<String> unwritten) {

        /** What is earned, in words. */
        String figure() {
            if (count == 0) {
                return "no exercises yet";
            }
            return points == 0
                    ? solved + " of " + count + " solved, no points"
                    : Points.text(earned) + " of " + Points.text(points) + " points";
        }

        String unwrittenLessons() {
            return String.join(", ", unwritten);
        }

        String allLessons() {
            return Stream.concat(lessons.stream().map(Lesson::lesson), unwritten.stream())
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * A lesson with exercises.
     *
     * @param page seen from the project's folder, or empty
     */
    public record Lesson(
            String lesson, String page, double points, double earned, int solved, int count, List<Item> exercises) {}

    /** An exercise, and what it is worth: all or nothing. */
    public record Item(ExerciseResult standing, double points, double earned) {}

    /**
     * The capstone.
     *
     * @param missing what to do about points that are not earned, in a sentence, or empty
     * @param run the last one that was recorded; none if there was none, or its record cannot be understood
     */
    public record Capstone(double points, double earned, String missing, Optional<CapstoneRun> run) {}

    /** The lessons of all weeks, in order. */
    Stream<Lesson> lessons() {
        return weeks.stream().flatMap(week -> week.lessons().stream());
    }

    /** The exercises of all weeks, in order. */
    Stream<ExerciseResult> standings() {
        return lessons().flatMap(lesson -> lesson.exercises().stream()).map(Item::standing);
    }

    /** Every misconception met, exercise by exercise. */
    List<RecognizedMisconception> met() {
        return standings().flatMap(standing -> standing.met().stream()).toList();
    }
}
