package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RollingLatencyTest {

    private final RollingLatency times = new RollingLatency();

    @Test
    void withoutMeasurementsAllIsZero() {
        assertThat(times.snapshot()).isEqualTo(Snapshot.Latency.NONE);
    }

    @Test
    void percentilesAreMilliseconds() {
        for (int ms = 1; ms <= 100; ms++) {
            times.record(ms * 1_000);
        }
        Snapshot.Latency latency = times.snapshot();
        assertThat(latency.recent()).isEqualTo(100);
        assertThat(latency.p50()).isCloseTo(50, within(0.1));
        assertThat(latency.p90()).isCloseTo(90, within(0.1));
        assertThat(latency.p99()).isCloseTo(99, within(0.1));
        assertThat(latency.sumSeconds()).isCloseTo(5.05, within(0.01));
    }

    @Test
    void aTimeLeavesThePercentilesAtTheEleventhSnapshotButNotTheCount() {
        times.record(500_000);
        for (int look = 1; look <= 10; look++) {
            assertThat(times.snapshot().p99()).as("look %d", look).isCloseTo(500, within(0.5));
        }
        times.record(1_000);
        Snapshot.Latency latency = times.snapshot();
        assertThat(latency.p99()).isCloseTo(1, within(0.01));
        assertThat(latency.recent()).isEqualTo(1);
        assertThat(latency.count()).isEqualTo(2);
        assertThat(latency.sumSeconds()).isCloseTo(0.501, within(0.001));
    }
}
