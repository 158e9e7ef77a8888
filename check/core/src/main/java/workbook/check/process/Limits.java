package workbook.check.process;

import java.time.Duration;

/**
 * How much an answer may take before its checkpoint is given up.
 *
 * @param time how long a checkpoint may run, Spark's start not counted
 * @param megabytes the heap of the JVM it runs in
 * @param lines how many of the lines it prints are shown
 */
public record Limits(Duration time, int megabytes, int lines) {

    /** What is usual: two minutes, or {@code -Dseconds=…}; 1 GB; 100 lines. */
    public static Limits defaults() {
        return new Limits(Duration.ofSeconds(Long.getLong("seconds", 120)), 1024, 100);
    }
}
