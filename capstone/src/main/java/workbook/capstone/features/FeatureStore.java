package workbook.capstone.features;

import java.util.Collection;
import java.util.Optional;

/**
 * The online store: the newest features of each customer and terminal, and the range of payments that they cover.
 * Writes are idempotent: writing the same features again, or older ones, changes nothing. Thread-safe.
 */
public interface FeatureStore extends AutoCloseable {

    /**
     * The result of a read.
     *
     * @param features the newest features of the key, if there are any
     * @param coverage of the store, if anything was written
     */
    record Result(Optional<EntityFeatures> features, Optional<Coverage> coverage) {}

    /**
     * Creates a store for this URL; {@link SharedFeatureStore} keeps one per JVM. It does not connect yet, so an
     * unreachable store is not an error here.
     *
     * @param url {@code embedded:NAME}, in the memory of this JVM, or {@code redis://host:port[/db]}
     * @throws IllegalArgumentException if the URL is neither
     */
    static FeatureStore at(String url) {
        return EmbeddedStore.at(url)
                .or(() -> RedisStore.at(url))
                .orElseThrow(() -> new IllegalArgumentException("Invalid URL of a feature store: '" + url
                        + "'. Use embedded:NAME for a store in the memory of this JVM, or"
                        + " redis://host:port[/database]."));
    }

    /**
     * Reads the features of a customer or a terminal.
     *
     * @throws StoreException if the store does not respond in time
     */
    Result get(EntityKey key);

    /**
     * Writes features; of each key the newest are kept.
     *
     * @throws StoreException if the store does not respond; some of them may be written
     */
    void put(Collection<EntityFeatures> features);

    /**
     * Writes features if the key still has the expected ones, in one step.
     *
     * @param expected what {@link #get} returned, empty if the key had none
     * @return whether they were written
     * @throws StoreException if the store does not respond
     */
    boolean replace(Optional<EntityFeatures> expected, EntityFeatures features);

    /**
     * Extends the coverage by the payments just written.
     *
     * @throws StoreException if the store does not respond
     */
    void extendCoverage(Coverage coverage);

    @Override
    void close();

    /** Thrown when the store does not respond. The message names the store, the reason and what to do. */
    final class StoreException extends RuntimeException {
        StoreException(String message) {
            super(message);
        }
    }
}
