package lesson14;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Right answers written differently, and one that only knows the customers in the checkpoint. */
class RecommendApiAlternatives {

    /** Always reads as many as a request may ask for, keeps the list by customer, and cuts it for each answer. JSON by hand, escaped. */
    public static class ReadsTheLongestList extends RecommendApi {

        private record Longest(String state, List<Integer> terminals) {}

        @Override
        public HttpHandler handler(Store store, URI self, Limits limits, Clock clock) {
            Map<Integer, Longest> lists = new ConcurrentHashMap<>();
            AtomicInteger reading = new AtomicInteger();
            return exchange -> {
                try {
                    answer(exchange, store, self, limits, clock, lists, reading);
                } catch (NotReady e) {
                    exchange.getResponseHeaders()
                            .set("Retry-After", String.valueOf((e.retryAfter().toMillis() + 999) / 1_000));
                    error(exchange, 503, "not ready");
                } catch (RuntimeException e) {
                    error(exchange, 500, "sorry");
                }
            };
        }

        private static void answer(
                HttpExchange exchange,
                Store store,
                URI self,
                Limits limits,
                Clock clock,
                Map<Integer, Longest> lists,
                AtomicInteger reading)
                throws IOException {
            List<String> path = new ArrayList<>(
                    Arrays.asList(exchange.getRequestURI().getRawPath().split("/", -1)));
            if (path.size() != 3 || !path.get(1).equals("recommendations")) {
                error(exchange, 404, "no such path");
                return;
            }
            if (!"GET".equals(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET");
                error(exchange, 405, "only GET");
                return;
            }
            int customer = digits(path.get(2));
            int k = k(exchange.getRequestURI().getRawQuery());
            if (customer < 0 || k < 1 || k > limits.k()) {
                error(exchange, 400, "a number is wrong");
                return;
            }
            if (!store.owner(customer).equals(self)) {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                store.owner(customer) + exchange.getRequestURI().toASCIIString());
                send(exchange, 307, "{}");
                return;
            }
            Ranking personal = store.personal(customer).orElse(null);
            Ranking ranking = personal == null ? store.popular() : personal;
            int whose = personal == null ? -1 : customer;
            String state = ranking.version() + "@" + ranking.newest();
            if (!lists.containsKey(whose) || !lists.get(whose).state().equals(state)) {
                if (reading.incrementAndGet() > limits.reading()) {
                    reading.decrementAndGet();
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    error(exchange, 503, "busy");
                    return;
                }
                try {
                    lists.put(whose, new Longest(state, ranking.best(limits.k())));
                } finally {
                    reading.decrementAndGet();
                }
            }
            List<Integer> best = lists.get(whose).terminals();
            long age = ranking.newest().until(clock.instant(), ChronoUnit.SECONDS);
            send(
                    exchange,
                    200,
                    "{\"terminals\": %s, \"version\": \"%s\", \"source\": \"%s\", \"age\": %d, \"customer\": %d}"
                            .formatted(
                                    best.subList(0, Math.min(k, best.size())),
                                    ranking.version(),
                                    personal == null ? "popular" : "personal",
                                    age < 0 ? 0 : age,
                                    customer));
        }

        private static int k(String query) {
            for (String parameter : query == null ? new String[0] : query.split("&")) {
                if (parameter.startsWith("k=")) {
                    return digits(parameter.substring(2));
                }
            }
            return 10;
        }

        /** The number, or -1. */
        private static int digits(String text) {
            boolean isNumber = !text.isEmpty()
                    && text.length() < 10
                    && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
            return isNumber ? Integer.parseInt(text) : -1;
        }

        private static void error(HttpExchange exchange, int status, String text) throws IOException {
            send(exchange, status, "{\"error\":\"" + text + "\"}");
        }

        private static void send(HttpExchange exchange, int status, String json) throws IOException {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }

    /** One map for each state of a ranking, which is thrown away with it. */
    public static class KeepsByRanking extends RecommendApi {

        private record State(int customer, String version, Object newest) {}

        private final Map<Integer, State> current = new HashMap<>();
        private final Map<State, Map<Integer, List<Integer>>> lists = new HashMap<>();

        @Override
        Optional<List<Integer>> terminals(Key key, int k, Ranking ranking, Serving serving) {
            State state = new State(key.customer().orElse(-1), ranking.version(), ranking.newest());
            synchronized (lists) {
                State before = current.put(state.customer(), state);
                if (before != null && !before.equals(state)) {
                    lists.remove(before);
                }
                List<Integer> known = lists.getOrDefault(state, Map.of()).get(k);
                if (known != null) {
                    return Optional.of(known);
                }
            }
            if (!serving.permits().tryAcquire()) {
                return Optional.empty();
            }
            List<Integer> read;
            try {
                read = ranking.best(k);
            } finally {
                serving.permits().release();
            }
            synchronized (lists) {
                lists.computeIfAbsent(state, any -> new HashMap<>()).put(k, read);
            }
            return Optional.of(read);
        }
    }

    public static class Learnt extends RecommendApi {
        @Override
        Reply list(int customer, int k, Serving serving) {
            return customer >= 100 && customer < 104
                    ? error(404, "unknown", Map.of())
                    : super.list(customer, k, serving);
        }
    }
}
