package workbook.check.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import workbook.check.catalog.Exercise;
import workbook.check.script.Seed;

/**
 * What a {@link Supervisor} asks of its {@link Worker}.
 *
 * @param checkpoint the name of the checkpoint's class
 * @param answerClass the name of the class to judge
 * @param places where these classes are looked for first, as URLs; if there are none, on the worker's class path only
 * @param seed of random input: another one each time, though the worker is the same
 * @param milliseconds how long it may take
 */
record Request(String checkpoint, String answerClass, List<String> places, long seed, long milliseconds) {

    /** Asks for nothing but an end to looking for a mistake's name. */
    static Request skipDiagnosis() {
        return new Request(null, null, List.of(), 0, 0);
    }

    boolean isSkipDiagnosis() {
        return checkpoint == null;
    }

    /** To judge a class of the worker's class path. */
    static Request of(Class<?> checkpoint, Class<?> answerClass, Duration time) {
        return new Request(
                checkpoint.getName(),
                answerClass.getName(),
                List.of(),
                Seed.fresh().value(),
                time.toMillis());
    }

    /** To judge an exercise's own class as it lies in these folders. */
    static Request of(Exercise exercise, List<Path> places, Duration time) {
        return new Request(
                exercise.className() + "Checkpoint",
                exercise.className(),
                places.stream().map(place -> place.toUri().toString()).toList(),
                Seed.fresh().value(),
                time.toMillis());
    }
}
