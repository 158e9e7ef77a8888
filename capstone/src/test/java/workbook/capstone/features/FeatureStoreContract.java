package workbook.capstone.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every online store. */
abstract class FeatureStoreContract {

    private static final Instant NOON = Instant.parse("2018-05-22T12:00:00.000001Z");
    private static final EntityKey CUSTOMER = EntityKey.customer(7);
    private static final EntityKey TERMINAL = EntityKey.terminal(7);

    private FeatureStore store;

    /** Returns an empty store. */
    abstract FeatureStore empty();

    @BeforeEach
    void open() {
        store = empty();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anUnknownKeyHasNoFeatures() {
        assertThat(store.get(CUSTOMER)).isEqualTo(new FeatureStore.Result(Optional.empty(), Optional.empty()));
    }

    @Test
    void featuresAreReadAsWritten() {
        EntityFeatures features = features(CUSTOMER, NOON, Long.MAX_VALUE, 3);
        store.put(List.of(features, features(TERMINAL, NOON, -1, 4)));
        assertThat(newest(CUSTOMER)).isEqualTo(features);
        assertThat(newest(TERMINAL)).isEqualTo(features(TERMINAL, NOON, -1, 4));
    }

    @Test
    void theNewestFeaturesWinInAnyOrder() {
        store.put(List.of(features(CUSTOMER, NOON.plusSeconds(1), 1, 2)));
        store.put(List.of(features(CUSTOMER, NOON, 9, 1)));
        assertThat(newest(CUSTOMER).time()).isEqualTo(NOON.plusSeconds(1));
        store.put(List.of(features(CUSTOMER, NOON.plusSeconds(2), 0, 3)));
        assertThat(newest(CUSTOMER).time()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void atTheSameTimeTheHighestIdWinsEvenBeyondThePrecisionOfADouble() {
        for (long id : new long[] {-5, -4, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, -4, 10, 9}) {
            store.put(List.of(features(CUSTOMER, NOON, id, 1)));
        }
        assertThat(newest(CUSTOMER).id()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aBatchThatIsWrittenAgainChangesNothing() {
        List<EntityFeatures> first = batch(0);
        List<EntityFeatures> second = batch(1);
        store.put(first);
        store.put(second);
        store.extendCoverage(new Coverage("query", NOON, NOON.plusSeconds(10)));
        FeatureStore.Result before = store.get(CUSTOMER);
        store.put(first);
        store.extendCoverage(new Coverage("query", NOON, NOON.plusSeconds(5)));
        assertThat(store.get(CUSTOMER)).isEqualTo(before);
        assertThat(before.coverage()).contains(new Coverage("query", NOON, NOON.plusSeconds(10)));
    }

    @Test
    void theCoverageGrowsWithTheQueryAndStartsAgainWithAnother() {
        store.extendCoverage(new Coverage("query", NOON, NOON.plusSeconds(10)));
        store.extendCoverage(new Coverage("query", NOON.plusSeconds(8), NOON.plusSeconds(20)));
        assertThat(store.get(CUSTOMER).coverage()).contains(new Coverage("query", NOON, NOON.plusSeconds(20)));
        store.extendCoverage(new Coverage("another", NOON.plusSeconds(15), NOON.plusSeconds(16)));
        assertThat(store.get(CUSTOMER).coverage())
                .contains(new Coverage("another", NOON.plusSeconds(15), NOON.plusSeconds(16)));
    }

    @Test
    void featuresAreReplacedOnlyIfTheyAreTheExpectedOnes() {
        EntityFeatures first = features(CUSTOMER, NOON, 1, 1);
        EntityFeatures second = features(CUSTOMER, NOON.plusSeconds(1), 2, 2);
        assertThat(store.replace(Optional.of(first), second)).isFalse();
        assertThat(store.replace(Optional.empty(), first)).isTrue();
        assertThat(store.replace(Optional.empty(), second)).isFalse();
        assertThat(newest(CUSTOMER)).isEqualTo(first);
        assertThat(store.replace(store.get(CUSTOMER).features(), second)).isTrue();
        assertThat(newest(CUSTOMER)).isEqualTo(second);
    }

    @Test
    void concurrentWritersLeaveTheNewest() throws Exception {
        List<EntityFeatures> all = new ArrayList<>();
        for (int second = 0; second < 200; second++) {
            all.addAll(batch(second));
        }
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(seed -> writers.submit(() -> {
                        List<EntityFeatures> shuffled = new ArrayList<>(all);
                        Collections.shuffle(shuffled, new Random(seed));
                        for (int from = 0; from < shuffled.size(); from += 50) {
                            store.put(shuffled.subList(from, from + 50));
                        }
                    }))
                    .toList();
            for (Future<?> writer : done) {
                writer.get();
            }
        } finally {
            writers.shutdownNow();
        }
        for (EntityFeatures last : batch(199)) {
            assertThat(newest(last.key())).isEqualTo(last);
        }
    }

    /** Features of ten customers as of this second. */
    private static List<EntityFeatures> batch(int second) {
        return LongStream.range(0, 10)
                .mapToObj(id ->
                        features(EntityKey.customer((int) id), NOON.plusSeconds(second), 10L * second + id, second + 1))
                .toList();
    }

    private EntityFeatures newest(EntityKey key) {
        return store.get(key).features().orElseThrow();
    }

    private static EntityFeatures features(EntityKey key, Instant time, long id, long count) {
        return new EntityFeatures(
                key,
                time,
                id,
                List.of(
                        new EntityFeatures.Window(count, new BigDecimal("0.10")),
                        new EntityFeatures.Window(count + 1, new BigDecimal("20.00")),
                        new EntityFeatures.Window(count + 2, new BigDecimal("99999999.99"))));
    }
}
