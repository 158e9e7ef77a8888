package workbook.capstone.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lesson07.FeatureSink;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import workbook.capstone.features.EntityFeatures;
import workbook.capstone.features.EntityKey;
import workbook.capstone.features.FeatureStore;
import workbook.capstone.features.SharedFeatureStore;

/**
 * The online store as the brick {@link FeatureSink} uses it. A key is {@code customer/10}; the features of an entry are a
 * count, bigint, and a mean, decimal, for each window.
 *
 * @param url of the online store
 */
record FeatureSinkStore(String url) implements FeatureSink.Store {

    @Override
    public Optional<FeatureSink.Entry> get(String key) {
        return store().get(entity(key)).features().map(FeatureSinkStore::entry);
    }

    /** Keeps a newer entry. */
    @Override
    public void put(String key, FeatureSink.Entry entry) {
        store().put(List.of(features(key, entry)));
    }

    @Override
    public boolean replace(String key, FeatureSink.Entry expected, FeatureSink.Entry entry) {
        return store().replace(Optional.ofNullable(expected).map(old -> features(key, old)), features(key, entry));
    }

    private FeatureStore store() {
        return SharedFeatureStore.of(url).store();
    }

    private static EntityKey entity(String key) {
        String[] kindAndNumber = key.split("/");
        return new EntityKey(EntityKey.Kind.of(kindAndNumber[0]), Integer.parseInt(kindAndNumber[1]));
    }

    private static FeatureSink.Entry entry(EntityFeatures features) {
        Stream<Object> windows =
                features.windows().stream().flatMap(window -> Stream.of(window.count(), window.mean()));
        return new FeatureSink.Entry(features.time(), features.id(), RowFactory.create(windows.toArray()));
    }

    private static EntityFeatures features(String key, FeatureSink.Entry entry) {
        Row row = entry.features();
        List<EntityFeatures.Window> windows = new ArrayList<>();
        for (int i = 0; i < row.size(); i += 2) {
            windows.add(new EntityFeatures.Window(row.getLong(i), row.getDecimal(i + 1)));
        }
        return new EntityFeatures(entity(key), entry.time(), entry.id(), windows);
    }
}
