package workbook.kit.orchestration;

import java.time.Duration;

/**
 * Makes a task wait for a condition, which it looks at again and again.
 *
 * @param timeout bounds the waiting as a whole, from the first poke; a sensor that times out is not retried
 * @param isSoft whether it is skipped instead of failed when it times out
 */
public record Sensor(Mode mode, Duration pokeInterval, Duration timeout, boolean isSoft) {

    /** What a sensor does between two pokes. */
    public enum Mode {
        /** It keeps its slot. */
        POKE,
        /** It gives the slot back. Each poke is then a start of its own, so an execution timeout never bounds the waiting. */
        RESCHEDULE
    }
}
