package lesson14;

import com.sun.net.httpserver.HttpHandler;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import workbook.check.Unsolved;

/**
 * Serves recommendations over HTTP: {@code GET /recommendations/17?k=5}. The lists come from a {@link Store} that a stream keeps up to
 * date, on several instances: each has the state of some of the customers.
 *
 * <p><b>In:</b> the store of this instance, its own address, the {@link Limits}, and a clock. Several threads call the handler at a time.
 *
 * <p><b>Out:</b> a handler for all requests of a server. Each answer has a JSON object as its body, and the header
 * {@code Content-Type: application/json}.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A customer is a number from 0 to 999999999, written with the digits 0 to 9. So is {@code k}, from 1 to {@code limits.k()}; without
 *     it {@code k} is 10. Other parameters have no effect. Anything else in the place of these numbers gives 400. A path that is not
 *     {@code /recommendations/} and one more part gives 404, another method than {@code GET} 405 with the header {@code Allow: GET}.
 *     For these three the store is not asked. Like all errors, they have a text {@code error}.
 * <li>If another instance has the state of the customer, the answer is 307, with the same path and query at its address as
 *     {@code Location}.
 * <li>Otherwise it is 200, with the best {@code k} terminals of the customer's ranking, or of the {@link Store#popular} one if there is
 *     none of his:
 *     <pre>{@code {"customer":17,"source":"personal","version":"v3","age":60,"terminals":[4,9,7]}}</pre>
 *     {@code source} is {@code personal} or {@code popular}; {@code version} is that of the ranking from which the terminals come.
 *     {@code age} says how old the newest event is that this ranking knows, in whole seconds, rounded down; 0 if it is ahead of the clock.
 * <li>A list that has been read from a ranking is kept, and read from it again neither for the same customer and {@code k} nor, if it is
 *     popular, for the same {@code k}. This holds until the version of the ranking or its newest event changes.
 * <li>At most {@code limits.reading()} requests read a ranking at a time. A further request that needs it gets 503 at once, with
 *     {@code Retry-After: 1}. Lists that are kept are served meanwhile.
 * <li>If the store is {@link NotReady}, the answer is 503, and {@code Retry-After} is its time in whole seconds, rounded up.
 * <li>If the store throws anything else, the answer is 500. Its text does not contain the exception's message.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=14 -Dexercise=RecommendApi}; hints are in
 * {@code exercises/lesson14/hints/RecommendApi.md}.
 */
public class RecommendApi {

    /** What an instance knows. All methods but {@link Ranking#best} are quick. */
    public interface Store {

        /**
         * Returns the address of the instance that has the state of this customer, known to the model or not, such as
         * {@code http://127.0.0.1:8081}.
         */
        URI owner(int customer);

        /** Returns the ranking of a customer. Empty if this instance has no state of him. */
        Optional<Ranking> personal(int customer);

        /** Returns the ranking for customers of whom nothing is known. */
        Ranking popular();
    }

    /** All terminals in the order in which they are recommended. It does not change: a store returns a new one instead. */
    public interface Ranking {

        /** Returns the version of the model. */
        String version();

        /** Returns the time of the newest event that this ranking knows. */
        Instant newest();

        /** Returns the best terminals, at most {@code k}, the best first. Slow: it scores every terminal. */
        List<Integer> best(int k);
    }

    /** Any method of a store or of a ranking may throw it, as long as partitions move from one instance to another. */
    public static final class NotReady extends RuntimeException {

        private final Duration retryAfter;

        /** @param retryAfter when to ask again, more than zero */
        public NotReady(Duration retryAfter) {
            super("Partitions are moving.");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * @param k how many recommendations a request may ask for, at least 1
     * @param reading how many requests may read a ranking at the same time, at least 1
     */
    public record Limits(int k, int reading) {}

    /** @param self the address of this instance, as {@link Store#owner} returns it */
    public HttpHandler handler(Store store, URI self, Limits limits, Clock clock) {
        throw new Unsolved();
    }
}
