package workbook.capstone.features;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * A feature store in the memory of this JVM, shared by name through {@link SharedFeatureStore}. In local mode all of
 * Spark's tasks use it; other processes cannot. Its content is lost when the JVM ends.
 */
final class EmbeddedStore implements FeatureStore {

    private static final Pattern URL = Pattern.compile("embedded:[\\w.-]+");

    private final Map<EntityKey, EntityFeatures> newest = new ConcurrentHashMap<>();
    private final AtomicReference<Coverage> coverage = new AtomicReference<>();

    /** Returns a new store if this is the URL of an embedded one. */
    static Optional<FeatureStore> at(String url) {
        return URL.matcher(url).matches() ? Optional.of(new EmbeddedStore()) : Optional.empty();
    }

    @Override
    public Result get(EntityKey key) {
        return new Result(Optional.ofNullable(newest.get(key)), Optional.ofNullable(coverage.get()));
    }

    @Override
    public void put(Collection<EntityFeatures> features) {
        features.forEach(some -> newest.merge(some.key(), some, EntityFeatures::newerOf));
    }

    @Override
    public boolean replace(Optional<EntityFeatures> expected, EntityFeatures features) {
        return expected.map(old -> newest.replace(features.key(), old, features))
                .orElseGet(() -> newest.putIfAbsent(features.key(), features) == null);
    }

    @Override
    public void extendCoverage(Coverage more) {
        coverage.accumulateAndGet(more, (known, later) -> known == null ? later : known.extendedBy(later));
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
