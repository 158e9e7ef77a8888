package workbook.check.progress;

import java.time.Instant;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;

/**
 * One answer, judged once.
 *
 * @param time when the verdict was given, UTC
 * @param exercise the class's full name: {@code lesson05.HourlyRevenue}
 * @param diagnosis the name of the misconception that was recognised, or empty
 * @param hashes of what was judged, and by what
 */
public record Attempt(Instant time, String exercise, Verdict verdict, String diagnosis, Hashes hashes) {

    /** The attempt that ended in this result just now. */
    public static Attempt of(CheckResult result, Hashes hashes) {
        return new Attempt(
                Instant.now(), result.exercise().className(), result.verdict(), result.misconception(), hashes);
    }
}
