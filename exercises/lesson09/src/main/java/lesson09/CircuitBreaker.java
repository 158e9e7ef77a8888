package lesson09;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import workbook.check.Unsolved;

/**
 * Stops calls to a service that does not respond, and finds out when it does again.
 *
 * <p><b>In:</b> the {@link Rules}, and a clock in nanoseconds, such as {@code System::nanoTime}: only the difference of
 * two of its values has a meaning, and between two calls it may pass from the greatest {@code long} to the least.
 *
 * <p><b>Out:</b> a {@link Breaker}. Before each call of the service, a caller asks it for a permit, and reports
 * afterwards to the permit how the call ended. There may be several breakers.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A breaker begins <b>closed</b>: it permits all calls. It opens as soon as {@code rules.failures()} of the last
 *     {@code rules.window()} calls that have ended have failed; there need not be so many calls yet.
 * <li>A call has failed if {@code failed} is reported, or {@code succeeded} more than {@code rules.slow()} after its
 *     permit.
 * <li><b>Open</b>, it refuses all calls. When {@code rules.rest()} has passed since it opened, it is half-open.
 * <li><b>Half-open</b>, it permits {@code rules.trials()} calls and refuses all others. When all of them have
 *     succeeded, it is closed, as if new. When one has failed, it is open again, for a whole rest.
 * <li>If {@code ignored} is reported, the call counts neither as failed nor as succeeded. A half-open breaker permits
 *     another one in its place.
 * <li>A report counts only if the breaker has been in the same state since the permit: a breaker that has opened and
 *     closed again is in a new state. Of several reports to one permit the first counts.
 * <li>Several threads use a breaker at a time.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=09 -Dexercise=CircuitBreaker}; hints are in
 * {@code exercises/lesson09/hints/CircuitBreaker.md}.
 */
public class CircuitBreaker {

    /**
     * When a breaker opens and closes.
     *
     * @param window how many calls count, at least {@code failures}
     * @param failures how many of them have to fail, at least 1
     * @param slow how long a call may take and count as succeeded
     * @param rest how long an open breaker refuses calls, at most a day
     * @param trials how many calls a half-open breaker permits, at least 1
     */
    public record Rules(int window, int failures, Duration slow, Duration rest, int trials) {}

    /** Decides which calls are made. */
    public interface Breaker {

        /** Returns a permit for one call. Empty if the call must not be made. */
        Optional<Permit> permit();
    }

    /** Is told how its call has ended. */
    public interface Permit {

        /** The service has responded. */
        void succeeded();

        /** The service has not responded, or with an error of its own. */
        void failed();

        /** The call says nothing about the service: its caller has made a mistake, or given up. */
        void ignored();
    }

    public Breaker breaker(Rules rules, LongSupplier nanos) {
        throw new Unsolved();
    }
}
