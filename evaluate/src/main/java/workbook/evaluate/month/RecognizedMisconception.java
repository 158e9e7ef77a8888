package workbook.evaluate.month;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.progress.Attempt;

/**
 * A misconception that was recognized in an answer.
 *
 * @param exercise the lesson and the name of the exercise
 * @param misconception the class name: {@code TruncatesTheHour}
 * @param text the name in words: "truncates the hour"
 * @param firstSeen when it was first recognized, UTC
 * @param resolved when the exercise was first solved after the misconception was last recognized
 */
public record RecognizedMisconception(
        String exercise, String misconception, String text, Instant firstSeen, Optional<Instant> resolved) {

    private static final String WORDS = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])";

    /** The misconceptions recognized in these answers to an exercise, in order of first appearance. */
    static List<RecognizedMisconception> all(Exercise exercise, List<Attempt> answers) {
        return answers.stream()
                .map(Attempt::diagnosis)
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(name -> of(exercise, name, answers))
                .toList();
    }

    private static RecognizedMisconception of(Exercise exercise, String name, List<Attempt> answers) {
        List<Attempt> matches = answers.stream()
                .filter(attempt -> attempt.diagnosis().equals(name))
                .toList();
        int last = answers.lastIndexOf(matches.get(matches.size() - 1));
        Optional<Instant> resolved = answers.stream()
                .skip(last + 1L)
                .filter(ExerciseResult::isSolution)
                .map(Attempt::time)
                .findFirst();
        return new RecognizedMisconception(
                exercise.toString(), name, words(name), matches.get(0).time(), resolved);
    }

    /** {@code TruncatesTheHour} is "truncates the hour". */
    static String words(String name) {
        return name.replaceAll(WORDS, " ").toLowerCase(Locale.ROOT);
    }
}
