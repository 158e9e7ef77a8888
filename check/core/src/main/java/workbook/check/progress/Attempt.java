package workbook.check.progress;

import java.time.Instant;
import workbook.check.verdict.Judgement;
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

    /** The attempt that ended in this judgement just now. */
    public static Attempt of(Judgement judgement, Hashes hashes) {
        return new Attempt(
                Instant.now(), judgement.exercise().className(), judgement.verdict(), judgement.diagnosis(), hashes);
    }
}
