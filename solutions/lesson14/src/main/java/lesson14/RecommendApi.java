package lesson14;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the request before it asks the store, and asks who has the customer before it looks for him: where his state is elsewhere, its
 * absence here says nothing.
 *
 * <p>A ranking is a snapshot. Version, newest event and terminals all come from the same one, so a swap of the model between two calls
 * mixes nothing. A list that is kept carries the version and the newest event of its ranking, and is replaced when one of them differs: so
 * there is one list for each customer and <i>k</i>, whatever the number of models. Its age is computed for each answer.
 *
 * <p>Reading needs a permit, and nobody waits for one: a queue of requests whose clients have given up helps nobody.
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

    /** Status, headers and body of an answer. */
    record Reply(int status, Map<String, String> headers, Map<String, Object> body) {}

    /** What a list is kept for; all unknown customers share one. */
    record Key(Optional<Integer> customer, int k) {}

    /** A list, and what it was read from. */
    record Kept(String version, Instant newest, List<Integer> terminals) {}

    /** What the requests of a handler share. */
    record Serving(Store store, URI self, Limits limits, Clock clock, Map<Key, Kept> kept, Semaphore permits) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEFAULT_K = "10";
    private static final Pattern PATH = Pattern.compile("/recommendations/([^/]*)");
    private static final Pattern K = Pattern.compile("(?:.*&)?k=([^&]*).*");

    public HttpHandler handler(Store store, URI self, Limits limits, Clock clock) {
        Serving serving =
                new Serving(store, self, limits, clock, new ConcurrentHashMap<>(), new Semaphore(limits.reading()));
        return exchange -> {
            try (exchange) {
                send(exchange, reply(exchange.getRequestMethod(), exchange.getRequestURI(), serving));
            }
        };
    }

    Reply reply(String method, URI uri, Serving serving) {
        try {
            return checked(method, uri, serving);
        } catch (NotReady e) {
            return notReady(e);
        } catch (RuntimeException e) {
            return error(500, failure(e), Map.of());
        }
    }

    /** What is wrong with the request, or what {@link #found} returns. */
    Reply checked(String method, URI uri, Serving serving) {
        Matcher path = PATH.matcher(uri.getRawPath());
        if (!path.matches()) {
            return error(404, "There is only /recommendations/ and the number of a customer.", Map.of());
        }
        if (!method.equals("GET")) {
            return error(405, "Recommendations can only be read.", Map.of("Allow", "GET"));
        }
        Optional<Integer> customer = number(path.group(1), 0, Integer.MAX_VALUE);
        if (customer.isEmpty()) {
            return error(400, "A customer is a number of at most nine digits.", Map.of());
        }
        int most = most(serving.limits());
        Optional<Integer> k = number(k(uri), 1, most);
        if (k.isEmpty()) {
            return error(400, "k is a number from 1 to %d.".formatted(most), Map.of());
        }
        return found(customer.get(), k.get(), uri, serving);
    }

    Optional<Integer> number(String text, int least, int most) {
        return Optional.of(text)
                .filter(number -> number.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most);
    }

    int most(Limits limits) {
        return limits.k();
    }

    String k(URI uri) {
        Matcher k = K.matcher(Optional.ofNullable(uri.getRawQuery()).orElse(""));
        return k.matches() ? k.group(1) : DEFAULT_K;
    }

    Reply found(int customer, int k, URI uri, Serving serving) {
        URI owner = serving.store().owner(customer);
        return owner.equals(serving.self()) ? list(customer, k, serving) : elsewhere(owner, uri);
    }

    Reply elsewhere(URI owner, URI uri) {
        return new Reply(307, Map.of("Location", owner.resolve(uri).toString()), Map.of());
    }

    Reply list(int customer, int k, Serving serving) {
        Optional<Ranking> personal = serving.store().personal(customer);
        Ranking ranking = personal.orElseGet(() -> serving.store().popular());
        return terminals(key(customer, k, personal.isPresent()), k, ranking, serving)
                .map(terminals -> new Reply(
                        200,
                        Map.of(),
                        Map.of(
                                "customer",
                                customer,
                                "source",
                                personal.isPresent() ? "personal" : "popular",
                                "version",
                                version(ranking, serving),
                                "age",
                                age(ranking, serving),
                                "terminals",
                                terminals)))
                .orElseGet(() -> busy("1", "Too many lists are being made. Try again in a second."));
    }

    Key key(int customer, int k, boolean isPersonal) {
        return new Key(isPersonal ? Optional.of(customer) : Optional.empty(), k);
    }

    String version(Ranking ranking, Serving serving) {
        return ranking.version();
    }

    long age(Ranking ranking, Serving serving) {
        return Math.max(0, seconds(ranking, serving));
    }

    static long seconds(Ranking ranking, Serving serving) {
        return Duration.between(ranking.newest(), serving.clock().instant()).toSeconds();
    }

    /** The list that is kept or, with a permit, read; empty without one. */
    Optional<List<Integer>> terminals(Key key, int k, Ranking ranking, Serving serving) {
        Kept kept = serving.kept().get(key);
        if (kept != null && isFrom(ranking, kept)) {
            return Optional.of(kept.terminals());
        }
        if (!getsPermit(serving.permits())) {
            return Optional.empty();
        }
        try {
            List<Integer> terminals = ranking.best(k);
            serving.kept().put(key, new Kept(ranking.version(), ranking.newest(), terminals));
            return Optional.of(terminals);
        } finally {
            serving.permits().release();
        }
    }

    boolean isFrom(Ranking ranking, Kept kept) {
        return kept.version().equals(ranking.version()) && kept.newest().equals(ranking.newest());
    }

    boolean getsPermit(Semaphore permits) {
        return permits.tryAcquire();
    }

    Reply notReady(NotReady e) {
        return busy(retryAfter(e.retryAfter()), "The state is moving to another instance. Try again later.");
    }

    String retryAfter(Duration time) {
        return String.valueOf(time.plusNanos(999_999_999).toSeconds());
    }

    Reply busy(String seconds, String text) {
        return error(503, text, Map.of("Retry-After", seconds));
    }

    String failure(RuntimeException e) {
        return "The recommendations have failed.";
    }

    static Reply error(int status, String text, Map<String, String> headers) {
        return new Reply(status, headers, Map.of("error", text));
    }

    void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = json(reply.body()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    String json(Map<String, Object> body) throws JsonProcessingException {
        return JSON.writeValueAsString(body);
    }
}
