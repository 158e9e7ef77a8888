package workbook.capstone.features;

import java.util.Collection;
import java.util.Optional;

/**
 * The online store: of each customer and terminal the newest figures that the features query has put in, and which
 * payments they take into account. Whoever puts the same in twice, or something older, changes nothing. Threads may
 * share a store.
 */
public interface FeatureStore extends AutoCloseable {

    /**
     * What a store answers.
     *
     * @param figures the newest, if there are any
     * @param coverage of the store, if anything was ever put in
     */
    record Result(Optional<EntityFeatures> figures, Optional<Coverage> coverage) {}

    /**
     * A store of one's own at this address; {@link SharedFeatureStore} has the one that is shared. It is not asked yet: one
     * that is away is no error here.
     *
     * @param url {@code embedded:NAME}, in the memory of this JVM, or {@code redis://host:port[/db]}
     * @throws IllegalArgumentException if it is neither
     */
    static FeatureStore at(String url) {
        return EmbeddedStore.at(url)
                .or(() -> RedisStore.at(url))
                .orElseThrow(() -> new IllegalArgumentException("The feature store '" + url
                        + "' is not understood. Use embedded:NAME for one in the memory of this"
                        + " JVM, or redis://host:port, with /1 behind it for Redis' database 1."));
    }

    /**
     * Asks for a customer or a terminal.
     *
     * @throws StoreException if the store does not answer at once
     */
    Result get(EntityKey key);

    /**
     * Puts figures in; of each key the newest stay.
     *
     * @throws StoreException if the store does not answer; some of them may be in it
     */
    void put(Collection<EntityFeatures> figures);

    /**
     * Says what was put in.
     *
     * @throws StoreException if the store does not answer
     */
    void extendCoverage(Coverage coverage);

    @Override
    void close();

    /** The store does not answer. Its message says which, why, and what to do. */
    final class StoreException extends RuntimeException {
        StoreException(String message) {
            super(message);
        }
    }
}
