package workbook.capstone.features;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * A store in the memory of this JVM, where {@link SharedFeatureStore} finds it by its name: in local mode all of Spark's tasks
 * see it, in another process nobody does. What is in it goes with it.
 */
final class EmbeddedStore implements FeatureStore {

    private static final Pattern URL = Pattern.compile("embedded:[\\w.-]+");

    private final Map<EntityKey, EntityFeatures> newest = new ConcurrentHashMap<>();
    private final AtomicReference<Coverage> coverage = new AtomicReference<>();

    /** A new store, if this is the address of an embedded one. */
    static Optional<FeatureStore> at(String url) {
        return URL.matcher(url).matches() ? Optional.of(new EmbeddedStore()) : Optional.empty();
    }

    @Override
    public Result get(EntityKey key) {
        return new Result(Optional.ofNullable(newest.get(key)), Optional.ofNullable(coverage.get()));
    }

    @Override
    public void put(Collection<EntityFeatures> figures) {
        figures.forEach(some -> newest.merge(some.key(), some, EntityFeatures::newerOf));
    }

    @Override
    public void extendCoverage(Coverage more) {
        coverage.accumulateAndGet(more, (known, later) -> known == null ? later : known.extendedBy(later));
    }

    @Override
    public void close() {
        // Memory needs no goodbye.
    }
}
