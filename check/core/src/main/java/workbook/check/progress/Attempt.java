package workbook.check.progress;

import java.time.Instant;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * One check of an answer.
 *
 * @param time when the verdict was given, UTC
 * @param exercise the class's full name: {@code lesson05.HourlyRevenue}
 * @param diagnosis the name of the misconception that was diagnosed, or empty
 * @param hashes of the answer, and of all that determines the verdict
 */
public record Attempt(Instant time, String exercise, Verdict verdict, String diagnosis, Hashes hashes) {

    /** The attempt with this result, at the current time. */
    public static Attempt of(CheckResult result, Hashes hashes) {
        return new Attempt(
                Instant.now(), result.exercise().className(), result.verdict(), result.misconception(), hashes);
    }
}
