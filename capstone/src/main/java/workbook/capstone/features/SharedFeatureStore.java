package workbook.capstone.features;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import lesson09.CircuitBreaker;
import lesson09.CircuitBreaker.Breaker;
import lesson09.CircuitBreaker.Permit;
import lesson09.CircuitBreaker.Rules;

/**
 * The online store of a pipeline in this JVM, shared by all tasks. The brick {@link CircuitBreaker} decides which reads are
 * made, so payments do not wait one after the other for an unreachable store.
 */
public final class SharedFeatureStore implements AutoCloseable {

    /**
     * Two failed reads of ten open the breaker for a second; then one task tries. A read that takes longer than the store's
     * timeouts allow has failed, too.
     */
    static final Rules RULES = new Rules(10, 2, Duration.ofMillis(100), Duration.ofSeconds(1), 1);

    private static final Map<String, SharedFeatureStore> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final String url;
    private final FeatureStore store;
    private final Breaker breaker;

    SharedFeatureStore(String url, FeatureStore store, LongSupplier nanos) {
        this.url = url;
        this.store = store;
        this.breaker = new CircuitBreaker().breaker(RULES, nanos);
    }

    /**
     * Returns the store for this URL.
     *
     * @throws IllegalArgumentException as {@link FeatureStore#at} does
     */
    public static SharedFeatureStore of(String url) {
        return IN_THIS_JVM.computeIfAbsent(
                url, any -> new SharedFeatureStore(url, FeatureStore.at(url), System::nanoTime));
    }

    /** Reads the features of a key; empty if the store does not respond, or the breaker does not permit the read. */
    public Optional<FeatureStore.Result> get(EntityKey key) {
        return breaker.permit().flatMap(permit -> get(key, permit));
    }

    private Optional<FeatureStore.Result> get(EntityKey key, Permit permit) {
        try {
            FeatureStore.Result result = store.get(key);
            permit.succeeded();
            return Optional.of(result);
        } catch (FeatureStore.StoreException e) {
            permit.failed();
            return Optional.empty();
        } catch (RuntimeException e) {
            permit.ignored();
            throw e;
        }
    }

    /** Returns the store itself, for writes. */
    public FeatureStore store() {
        return store;
    }

    /** Closes the store. {@link #of} creates a new one. */
    @Override
    public void close() {
        IN_THIS_JVM.remove(url, this);
        store.close();
    }
}
