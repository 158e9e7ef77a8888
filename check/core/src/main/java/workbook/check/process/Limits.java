package workbook.check.process;

import java.time.Duration;

/**
 * The limits of a checkpoint's run.
 *
 * @param time of a checkpoint, without Spark's start
 * @param megabytes of the worker's heap
 * @param lines the maximum number of printed lines that are shown
 */
public record Limits(Duration time, int megabytes, int lines) {

    /** The default limits: two minutes, or {@code -Dseconds=…}; 1 GB; 100 lines. */
    public static Limits defaults() {
        return new Limits(Duration.ofSeconds(Long.getLong("seconds", 120)), 1024, 100);
    }
}
