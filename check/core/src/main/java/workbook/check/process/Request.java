package workbook.check.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import workbook.check.catalog.Exercise;
import workbook.check.script.Seed;

/**
 * A {@link Supervisor}'s request to its {@link Worker}.
 *
 * @param checkpoint the name of the checkpoint's class
 * @param answerClass the name of the class to check
 * @param places URLs that are searched for these classes before the worker's class path; may be empty
 * @param seed of random input, a new one for each request
 * @param milliseconds the time limit
 * @param diagnosed whether the exercise's own class gets a diagnosis if it is refused
 */
record Request(
        String checkpoint, String answerClass, List<String> places, long seed, long milliseconds, boolean diagnosed) {

    /** Requests the end of a running diagnosis. */
    static Request skipDiagnosis() {
        return new Request(null, null, List.of(), 0, 0, false);
    }

    boolean isSkipDiagnosis() {
        return checkpoint == null;
    }

    /** Requests the check of a class on the worker's class path. */
    static Request of(Class<?> checkpoint, Class<?> answerClass, Duration time) {
        return new Request(
                checkpoint.getName(),
                answerClass.getName(),
                List.of(),
                Seed.fresh().value(),
                time.toMillis(),
                true);
    }

    /** Requests the check of an exercise's own class from these folders. */
    static Request of(Exercise exercise, List<Path> places, Duration time, boolean diagnosed) {
        return new Request(
                exercise.className() + "Checkpoint",
                exercise.className(),
                places.stream().map(place -> place.toUri().toString()).toList(),
                Seed.fresh().value(),
                time.toMillis(),
                diagnosed);
    }
}
