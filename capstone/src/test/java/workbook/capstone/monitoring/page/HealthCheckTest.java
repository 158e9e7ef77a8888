package workbook.capstone.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private final HealthCheck healthCheck = new HealthCheck();

    private Health after(long seconds, long scored, long lag) {
        return healthCheck.check(Snapshots.at(START.plusSeconds(seconds), scored, lag));
    }

    @Test
    void reportsTheStateOfEachQuery() {
        Health health = after(0, 100, 0);
        assertThat(health.status()).isEqualTo("up");
        assertThat(health.queries()).containsExactly(entry("scoring", "running"), entry("features", "idle"));
    }

    @Test
    void aFailedQueryIsDownWithTheReason() {
        Health health =
                healthCheck.check(Snapshots.of(START, 100, 0, List.of(Snapshots.failed("No space left on device"))));
        assertThat(health.status()).isEqualTo("down");
        assertThat(health.queries()).containsExactly(entry("lake", "failed: No space left on device"));
        assertThat(health.problems()).containsExactly("The query lake failed: No space left on device");
    }

    @Test
    void tenSecondsWithoutProgressIsDown() {
        assertThat(after(0, 100, 0).isUp()).isTrue();
        assertThat(after(1, 100, 300).isUp()).isTrue();
        assertThat(after(9, 100, 2_700).isUp()).isTrue();
        assertThat(after(10, 100, 3_000).problems())
                .containsExactly("3000 records are waiting, and none was scored or refused for 10 s.");
        assertThat(after(11, 101, 3_200).isUp()).isTrue();
    }

    @Test
    void anIdlePipelineIsUp() {
        assertThat(after(0, 100, 0).isUp()).isTrue();
        assertThat(after(60, 100, 0).isUp()).isTrue();
        assertThat(after(61, 100, 5).isUp()).isTrue();
    }

    @Test
    void aPipelineWithLagFromTheStartHasTenSecondsToo() {
        assertThat(after(0, 0, 500).isUp()).isTrue();
        assertThat(after(9, 0, 500).isUp()).isTrue();
        assertThat(after(10, 0, 500).isUp()).isFalse();
    }
}
