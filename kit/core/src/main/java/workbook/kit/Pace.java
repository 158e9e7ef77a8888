package workbook.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Repeats a step at a steady rate. An overdue step follows at once, so the rate holds on average.
 *
 * @param rate steps per second
 * @param length how long
 */
public record Pace(double rate, Duration length) {

    /**
     * Runs the steps, as long as {@code goOn}.
     *
     * @param step is given the time at which it is due, in nanoseconds of {@link System#nanoTime}
     */
    public void run(BooleanSupplier goOn, LongConsumer step) {
        long began = System.nanoTime();
        long interval = (long) (1e9 / rate);
        for (long due = began; due - began < length.toNanos() && goOn.getAsBoolean(); due += interval) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            step.accept(due);
        }
    }
}
