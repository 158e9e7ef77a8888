package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.features.RedisServer;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.spark.Lake;
import workbook.capstone.spark.PipelineFolder;
import workbook.kit.LocalKafka;

/**
 * Redis is killed under load, is down for 20 s and restarts empty: meanwhile every payment is scored, marked as {@code
 * fallback}, and later {@code online} again. Run by {@code .ci/distributed-test}.
 */
class RedisAwayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration AWAY = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    @SuppressWarnings("try") // the broker runs until it is closed
    void scoringContinuesWithFallbackAndReturnsToOnline() throws Exception {
        PipelineFolder home = new PipelineFolder(folder.resolve("home"));
        new ModelRegistry(home.models()).publish(Load.model());
        int port = FreePort.next();
        String broker = "127.0.0.1:" + port;
        try (RedisServer redis = RedisServer.start(Files.createDirectory(folder.resolve("redis")));
                ChildJvm kafka = BrokerProcess.start(folder, port).await("broker: running");
                ChildJvm jobs = ChildJvm.start(
                        folder,
                        Map.of(LocalKafka.CHOICE, broker),
                        Fraud.class.getName(),
                        "jobs",
                        "scoring",
                        "features",
                        "--home",
                        home.path().toString(),
                        "--store",
                        redis.url())) {
            jobs.await("scoring: running").await("features: running");
            try (Load load = Load.on(broker)) {
                Awaitility.await().atMost(PATIENCE).until(() -> load.lookups("online") > 100);

                redis.kill();
                Awaitility.await().atMost(PATIENCE).until(() -> load.lookups("fallback") > 0);
                int scored = load.scored().size();
                Thread.sleep(AWAY.toMillis());
                assertThat(load.scored().size()).isGreaterThan(scored);
                assertThat(load.lookups("fallback")).isGreaterThan(100);

                redis.revive();
                long online = load.lookups("online");
                Awaitility.await().atMost(PATIENCE).until(() -> load.lookups("online") > online + 100);
                load.end();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(load.scored()).hasSize(load.sent().size()));
                assertThat(load.scored()).isEqualTo(load.sent());
                load.awaitFeaturesIn(new Lake(home.lake()));
            }
        }
    }
}
