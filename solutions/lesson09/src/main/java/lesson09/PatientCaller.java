package lesson09;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * A loop of tries. Everything that ends it is decided before the wait: whether the failure can pass, the number of
 * tries, the deadline, and last the budget, which is the only one of these decisions that changes something.
 *
 * <p>The key is drawn once for each call. It says "this is the same payment" to a service that cannot know it
 * otherwise.
 *
 * <p>The longest wait doubles in a loop that ends at the cap. The power 2<sup>n</sup> would overflow after some tries.
 */
public class PatientCaller {

    /**
     * The response of the service.
     *
     * @param status as in HTTP
     * @param retryAfter how long the caller has to wait before the next try; null if the service does not say
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

    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    /** What a try came to: a response, or none in time. */
    record Outcome(Response response, TimeoutException timeout) {

        static Outcome of(Service service, String payment, String key) {
            try {
                return new Outcome(service.pay(payment, key), null);
            } catch (TimeoutException e) {
                return new Outcome(null, e);
            }
        }

        Response end() throws TimeoutException {
            if (timeout != null) {
                throw timeout;
            }
            return response;
        }
    }

    public Response call(Service service, String payment, Limits limits, Environment environment)
            throws TimeoutException {
        String key = key(payment);
        for (int tries = 1; ; tries++) {
            Outcome outcome = Outcome.of(service, payment, key);
            if (!mayPass(outcome) || tries == limits.tries()) {
                return outcome.end();
            }
            Duration wait = wait(outcome.response(), longest(tries, limits), environment.random());
            if (!isInTime(environment.now().plus(wait), limits) || !environment.takeRetry()) {
                return outcome.end();
            }
            environment.sleep(wait);
        }
    }

    String key(String payment) {
        return UUID.randomUUID().toString();
    }

    boolean mayPass(Outcome outcome) {
        return outcome.response() == null || PASSING.contains(outcome.response().status());
    }

    boolean isInTime(Instant next, Limits limits) {
        return next.isBefore(limits.deadline());
    }

    Duration wait(Response response, Duration longest, double random) {
        Duration wait = Duration.ofNanos((long) (longest.toNanos() * random));
        return response == null || response.retryAfter() == null ? wait : wait.plus(response.retryAfter());
    }

    Duration longest(int retry, Limits limits) {
        Duration longest = limits.base();
        for (int i = 1; i < retry && longest.compareTo(limits.cap()) < 0; i++) {
            longest = longest.multipliedBy(2);
        }
        return longest.compareTo(limits.cap()) < 0 ? longest : limits.cap();
    }
}
