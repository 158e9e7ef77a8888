package lesson09;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import workbook.check.Unsolved;

/**
 * Sends a payment to a service that fails now and then, and tries again without doing harm.
 *
 * <p><b>In:</b> the service, a payment, the {@link Limits} of this call, and the {@link Environment}, which has the
 * clock and the random numbers. No method is called by several threads at a time.
 *
 * <p><b>Out:</b> the service's response to the last try. If the last try had no response, its
 * {@code TimeoutException}.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A try has failed for a passing reason if there is no response in time, or its status is 429, 500, 502, 503 or
 *     504. Every other response is returned at once, also an error. Every other exception of the service is a mistake,
 *     and is thrown at once.
 * <li>After such a failure the payment is sent again, until {@code limits.tries()} tries are made.
 * <li>The service books each key once, and may have booked a payment although its response was an error or none. So
 *     all tries of a call have the same key. Every call has another key, also that of another caller or process: two
 *     equal payments are two payments.
 * <li>Before retry <i>n</i>, which is 1 for the first, the caller waits for a random part of the lesser of
 *     {@code base} · 2<sup><i>n</i>−1</sup> and {@code cap}: this time multiplied by the next random number. If the
 *     response to the try before has a {@code retryAfter}, whatever its status, that is added, also if it is longer than
 *     the cap.
 * <li>No try begins at the deadline or later. If the wait ends too late, the caller does not wait at all.
 * <li>Each retry is taken from the budget of the process, immediately before the wait. If there is none left, the
 *     caller does not wait. A retry that is not made, for whatever reason, is not taken.
 * </ul>
 * The waits are exact to a millisecond. A random number is not 0. Each wait takes the next one, and one may be
 * taken for a wait that is not made.
 *
 * <p>In a verdict each row is a call. Its {@code outcomes} are those of its tries, the last one also of all further tries:
 * {@code 429+2000} is a 429 with a {@code retryAfter} of 2,000 ms, and {@code timeout*} no response to a payment that is
 * booked. Deadline and waits are in milliseconds, {@code booked} counts bookings, {@code retries} those taken from the
 * budget.
 *
 * <p>Check it with {@code mvn test -Dlesson=09 -Dexercise=PatientCaller}; hints are in
 * {@code exercises/lesson09/hints/PatientCaller.md}.
 */
public class PatientCaller {

    /**
     * The response of the service.
     *
     * @param status as in HTTP
     * @param retryAfter how long the caller has to wait before the next try, at most a day; null if the
     *     service does not say
     */
    public record Response(int status, Duration retryAfter) {}

    /** The service. */
    public interface Service {

        /**
         * Sends a payment.
         *
         * @param key of all payments with one key the service books the first
         * @throws TimeoutException if there is no response in time
         */
        Response pay(String payment, String key) throws TimeoutException;
    }

    /**
     * The limits of a call.
     *
     * @param tries the number of tries, at least 1, the first included
     * @param base the longest wait before the first retry, in whole milliseconds, more than 0
     * @param cap the longest of all waits, without what a response asks for, in whole milliseconds; at least {@code base}, at
     *     most a day
     * @param deadline after the beginning of the call
     */
    public record Limits(int tries, Duration base, Duration cap, Instant deadline) {}

    /** What the caller uses, so that no test has to wait. */
    public interface Environment {

        Instant now();

        void sleep(Duration duration);

        /** Returns the next random number, greater than 0 and less than 1. */
        double random();

        /** Takes a retry from the budget that all calls of this process share. Returns false if none is left. */
        boolean takeRetry();
    }

    public Response call(Service service, String payment, Limits limits, Environment environment)
            throws TimeoutException {
        throw new Unsolved();
    }
}
