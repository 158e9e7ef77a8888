package workbook.capstone.features;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The online store of a pipeline in this JVM, shared by all tasks, with a circuit breaker: after a failed read it skips
 * reads for a second, then lets one task try. So payments do not wait one after the other for an unreachable store.
 */
public final class SharedFeatureStore implements AutoCloseable {

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Map<String, SharedFeatureStore> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final String url;
    private final FeatureStore store;
    private final AtomicLong nextAttempt = new AtomicLong();
    private volatile boolean answers = true;

    private SharedFeatureStore(String url) {
        this.url = url;
        this.store = FeatureStore.at(url);
    }

    /**
     * Returns the store for this URL.
     *
     * @throws IllegalArgumentException as {@link FeatureStore#at} does
     */
    public static SharedFeatureStore of(String url) {
        return IN_THIS_JVM.computeIfAbsent(url, SharedFeatureStore::new);
    }

    /** Reads the features of a key; empty if the store does not respond, or did not within the last second. */
    public Optional<FeatureStore.Result> get(EntityKey key) {
        if (!answers && !isDue()) {
            return Optional.empty();
        }
        try {
            FeatureStore.Result answer = store.get(key);
            answers = true;
            return Optional.of(answer);
        } catch (FeatureStore.StoreException e) {
            nextAttempt.set(System.nanoTime() + REST_NANOS);
            answers = false;
            return Optional.empty();
        }
    }

    /** Returns the store itself, for writes. */
    public FeatureStore store() {
        return store;
    }

    private boolean isDue() {
        long due = nextAttempt.get();
        long now = System.nanoTime();
        return now - due >= 0 && nextAttempt.compareAndSet(due, now + REST_NANOS);
    }

    /** Closes the store. {@link #of} creates a new one. */
    @Override
    public void close() {
        IN_THIS_JVM.remove(url, this);
        store.close();
    }
}
