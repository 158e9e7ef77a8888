package workbook.capstone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class RedisStoreTest extends FeatureStoreContract {

    private static final Instant NOON = Instant.parse("2018-05-22T12:00:00Z");

    @TempDir
    static Path folder;

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start(folder);
    }

    @AfterAll
    static void stopRedis() {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    FeatureStore empty() {
        try (RedisClient client = RedisClient.create(redis.url())) {
            client.flushAll();
        }
        return FeatureStore.at(redis.url());
    }

    @Test
    void everyKeyHasThePrefixAndExpiresAfterFortyDays() {
        try (FeatureStore store = FeatureStore.at(redis.url() + "/3");
                FeatureStore other = FeatureStore.at(redis.url());
                RedisClient client = RedisClient.create(redis.url() + "/3")) {
            store.put(List.of(features(7), features(8)));
            store.extendCoverage(new Coverage("query", NOON, NOON));
            assertThat(client.keys("*"))
                    .containsExactlyInAnyOrder("features:customer:7", "features:customer:8", "features:coverage")
                    .allSatisfy(key -> assertThat(Duration.ofSeconds(client.ttl(key)))
                            .isBetween(Duration.ofDays(39), Duration.ofDays(40)));
            assertThat(other.get(EntityKey.customer(7)).features())
                    .as("in another database")
                    .isEmpty();
        }
    }

    @Test
    void writesThousandsOfKeysAtOnce() {
        try (FeatureStore store = FeatureStore.at(redis.url())) {
            store.put(
                    IntStream.range(0, 2_500).mapToObj(RedisStoreTest::features).toList());
            assertThat(store.get(EntityKey.customer(2_499)).features()).contains(features(2_499));
        }
    }

    @Test
    void anUnreachableRedisIsReportedWithWhatToDo() {
        try (FeatureStore store = FeatureStore.at("redis://127.0.0.1:1")) {
            assertThatThrownBy(() -> store.get(EntityKey.customer(7)))
                    .isInstanceOf(FeatureStore.StoreException.class)
                    .hasMessageStartingWith("The feature store redis://127.0.0.1:1 does not respond (")
                    .hasMessageEndingWith("Is Redis running there?");
            assertThatThrownBy(() -> store.put(List.of(features(7)))).isInstanceOf(FeatureStore.StoreException.class);
        }
    }

    @Test
    void readsAreEmptyWhileRedisIsDownAndWorkAfterItsRestart(@TempDir Path ownFolder) {
        try (RedisServer own = RedisServer.start(ownFolder);
                SharedFeatureStore store = SharedFeatureStore.of(own.url())) {
            store.store().put(List.of(features(7)));
            assertThat(store.get(EntityKey.customer(7)))
                    .map(FeatureStore.Result::features)
                    .contains(Optional.of(features(7)));

            own.kill();
            for (int failure = 0; failure < SharedFeatureStore.RULES.failures(); failure++) {
                assertThat(store.get(EntityKey.customer(7))).isEmpty();
            }
            own.revive();
            assertThat(store.get(EntityKey.customer(7)))
                    .as("no read for a second after the failures")
                    .isEmpty();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> store.get(EntityKey.customer(7)).isPresent());
            assertThat(store.get(EntityKey.customer(7)))
                    .map(FeatureStore.Result::features)
                    .contains(Optional.empty());
            store.store().put(List.of(features(7)));
            assertThat(store.get(EntityKey.customer(7)))
                    .map(FeatureStore.Result::features)
                    .contains(Optional.of(features(7)));
        }
    }

    private static EntityFeatures features(int customer) {
        EntityFeatures.Window window = new EntityFeatures.Window(1, new BigDecimal("2.50"));
        return new EntityFeatures(EntityKey.customer(customer), NOON, 1, List.of(window, window, window));
    }
}
