package workbook.evaluate.month;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.evaluate.quiz.QuizProgress;

/**
 * The score of the month. Its components are the fields of {@code target/evaluate/month-10.json}: times in ISO 8601,
 * UTC; days in the time zone {@code pace.zone}; missing values {@code null}.
 *
 * @param month the number of the month
 * @param rules the scoring rules from {@code evaluate/month-10.json}
 * @param time when the score was computed
 * @param total the score, 0 to 100: {@code earned} of {@code points}
 * @param earned points earned
 * @param points points available now
 * @param weeks in order, the stretch last
 * @param quiz progress with the questions of QA.md, which earn no points; empty without QA.md
 * @param next the next step; empty when everything is done
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
     * @param weight the points in the month's file
     * @param points the points available now: all of them, or 0 if the week has no exercises yet
     * @param lessons the lessons with exercises, in order
     * @param withoutExercises the other lessons
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
            List<String> withoutExercises) {

        /** The earned points in words. */
        String figure() {
            if (count == 0) {
                return "no exercises yet";
            }
            return points == 0
                    ? solved + " of " + count + " solved, no points"
                    : Points.text(earned) + " of " + Points.text(points) + " points";
        }

        String lessonsWithoutExercises() {
            return String.join(", ", withoutExercises);
        }

        String allLessons() {
            return Stream.concat(lessons.stream().map(Lesson::lesson), withoutExercises.stream())
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * A lesson with exercises.
     *
     * @param page relative to the project's folder, or empty
     */
    public record Lesson(
            String lesson, String page, double points, double earned, int solved, int count, List<Item> exercises) {}

    /** An exercise and its points: all or none are earned. */
    public record Item(ExerciseResult result, double points, double earned) {}

    /**
     * The capstone.
     *
     * @param todo how to earn the remaining points, in a sentence, or empty
     * @param run the last recorded run; empty if there is none or its record is invalid
     */
    public record Capstone(double points, double earned, String todo, Optional<CapstoneRun> run) {}

    /** The lessons of all weeks, in order. */
    Stream<Lesson> lessons() {
        return weeks.stream().flatMap(week -> week.lessons().stream());
    }

    /** The exercises of all weeks, in order. */
    Stream<ExerciseResult> results() {
        return lessons().flatMap(lesson -> lesson.exercises().stream()).map(Item::result);
    }

    /** All recognized misconceptions, in the order of the exercises. */
    List<RecognizedMisconception> misconceptions() {
        return results().flatMap(result -> result.misconceptions().stream()).toList();
    }
}
