package workbook.evaluate.month;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import workbook.check.catalog.Exercise;
import workbook.check.progress.Attempt;

/**
 * A misconception that was recognised in an answer.
 *
 * @param exercise the name of the exercise, with its lesson
 * @param misconception its name in the source: {@code TruncatesTheHour}
 * @param words its name in words
 * @param first when it was recognised first, UTC
 * @param overcome when the exercise was first solved after it had been recognised for the last time
 */
public record RecognizedMisconception(
        String exercise, String misconception, String words, Instant first, Optional<Instant> overcome) {

    private static final String WORDS = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])";

    /** Those recognised in these answers to an exercise, in the order in which they were met. */
    static List<RecognizedMisconception> all(Exercise exercise, List<Attempt> answers) {
        return answers.stream()
                .map(Attempt::diagnosis)
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(name -> met(exercise, name, answers))
                .toList();
    }

    private static RecognizedMisconception met(Exercise exercise, String name, List<Attempt> answers) {
        List<Attempt> meetings = answers.stream()
                .filter(attempt -> attempt.diagnosis().equals(name))
                .toList();
        int last = answers.lastIndexOf(meetings.get(meetings.size() - 1));
        Optional<Instant> overcome = answers.stream()
                .skip(last + 1L)
                .filter(ExerciseResult::isSolution)
                .map(Attempt::time)
                .findFirst();
        return new RecognizedMisconception(
                exercise.toString(), name, words(name), meetings.get(0).time(), overcome);
    }

    /** {@code TruncatesTheHour} is "truncates the hour". */
    static String words(String name) {
        return name.replaceAll(WORDS, " ").toLowerCase(Locale.ROOT);
    }
}
