package lesson14;

import static workbook.check.script.Script.at;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lesson14.RecommendApi.NotReady;
import lesson14.RecommendApi.Ranking;
import lesson14.RecommendApi.Store;

/** A store whose content and failures are a script's, with a clock that the script sets. */
final class ScriptedStore implements Store {

    static final String SELF = "http://127.0.0.1:8081";

    /** What the exception of a broken store says. */
    static final String SECRET = "jdbc:secret";

    private static final String POPULAR = "popular";

    private final Map<String, Ranking> rankings = new ConcurrentHashMap<>();
    private final Map<Integer, URI> owners = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger toHold = new AtomicInteger();
    private volatile CompletableFuture<Void> held = new CompletableFuture<>();
    private volatile CountDownLatch released = new CountDownLatch(0);
    private volatile String failing = "";
    private volatile RuntimeException failure;
    private volatile Instant now = Instant.EPOCH;

    /** Applies a change, such as {@code owner 17 http://127.0.0.1:8082}. */
    void apply(String... change) {
        switch (change[0]) {
            case "clock" -> now = at(change[1]);
            case "ranks" -> rankings.put(change[1], ranking(change));
            case "owner" -> owners.put(Integer.valueOf(change[1]), URI.create(change[2]));
            case "moving" -> fail(change[1], new NotReady(Duration.ofMillis(Long.parseLong(change[2]))));
            case "breaks" -> fail(change[1], new IllegalStateException(SECRET));
            case "ready" -> fail("", null);
            case "hold" -> {
                toHold.set(Integer.parseInt(change[1]));
                released = new CountDownLatch(1);
            }
            default -> throw new IllegalArgumentException(String.join(" ", change));
        }
    }

    private void fail(String method, RuntimeException with) {
        failing = method;
        failure = with;
    }

    private Ranking ranking(String... words) {
        List<Integer> terminals =
                Arrays.stream(words).skip(4).map(Integer::valueOf).toList();
        Instant newest = at(words[3]);
        return new Ranking() {
            @Override
            public String version() {
                return words[2];
            }

            @Override
            public Instant newest() {
                return newest;
            }

            @Override
            public List<Integer> best(int k) {
                throwIfFailing("best");
                reads.incrementAndGet();
                hold();
                return terminals.stream().limit(k).toList();
            }
        };
    }

    private void hold() {
        if (toHold.getAndUpdate(more -> Math.max(0, more - 1)) > 0) {
            held.complete(null);
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Completes when the next request reads a ranking and is held. */
    CompletableFuture<Void> nextHeld() {
        held = new CompletableFuture<>();
        return held;
    }

    /** Lets all requests that are held go on. */
    void release() {
        toHold.set(0);
        released.countDown();
    }

    /** How often a ranking has been read. */
    int reads() {
        return reads.get();
    }

    private void throwIfFailing(String method) {
        if (method.equals(failing)) {
            throw failure;
        }
    }

    @Override
    public URI owner(int customer) {
        throwIfFailing("owner");
        return owners.getOrDefault(customer, URI.create(SELF));
    }

    @Override
    public Optional<Ranking> personal(int customer) {
        throwIfFailing("personal");
        return Optional.ofNullable(rankings.get(String.valueOf(customer)));
    }

    @Override
    public Ranking popular() {
        throwIfFailing(POPULAR);
        return rankings.get(POPULAR);
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
