package workbook.kit.orchestration;

import java.time.Duration;

/**
 * How often a failed task is tried again, and after which delay. Airflow adds a random part to exponential delays; here there is none.
 *
 * @param isExponential whether the delay doubles from one retry to the next
 * @param maxDelay the upper bound of an exponential delay
 */
public record Retries(int count, Duration delay, boolean isExponential, Duration maxDelay) {

    public static final Retries NONE = new Retries(0, Duration.ZERO, false, Duration.ZERO);

    /** @param failedTries at least 1 */
    Duration delayAfter(int failedTries) {
        if (!isExponential) {
            return delay;
        }
        Duration doubled = delay.multipliedBy(1L << Math.min(failedTries - 1, 30));
        return doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay;
    }
}
