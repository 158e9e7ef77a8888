package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StopwatchTest {

    private final Stopwatch stopwatch = new Stopwatch();

    @Test
    void countsEachThingOnce() {
        stopwatch.start(1);
        stopwatch.start(2);
        stopwatch.stop(1);
        stopwatch.stop(1);
        stopwatch.stop(3);
        assertThat(stopwatch.stopped()).isEqualTo(1);
    }

    @Test
    void measuresInMilliseconds() throws InterruptedException {
        stopwatch.start(1);
        Thread.sleep(20);
        stopwatch.stop(1);
        // HdrHistogram keeps three digits.
        assertThat(stopwatch.percentile(50)).isBetween(19.9, 10_000.0);
    }

    @Test
    void forgetsTimesButNotTheCount() {
        stopwatch.start(1);
        stopwatch.stop(1);
        stopwatch.forgetTimes();
        assertThat(stopwatch.measured()).isZero();
        assertThat(stopwatch.percentile(99)).isZero();
        assertThat(stopwatch.stopped()).isEqualTo(1);
    }
}
