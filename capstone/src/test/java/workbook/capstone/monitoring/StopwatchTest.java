package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    private final Stopwatch stopwatch = new Stopwatch();

    @Test
    void countsEachIdOnce() {
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
    void resetsTimesButNotTheCount() {
        stopwatch.start(1);
        stopwatch.stop(1);
        stopwatch.resetTimes();
        assertThat(stopwatch.measured()).isZero();
        assertThat(stopwatch.percentile(99)).isZero();
        assertThat(stopwatch.stopped()).isEqualTo(1);
    }

    @Test
    void theCurveAscendsToTheMaximum() {
        for (long id = 0; id < 1_000; id++) {
            stopwatch.start(id);
        }
        for (long id = 0; id < 1_000; id++) {
            stopwatch.stop(id);
        }
        Latencies latencies = stopwatch.latencies();
        assertThat(latencies.measured()).isEqualTo(1_000);
        assertThat(latencies.curve())
                .isSortedAccordingTo(Comparator.comparingDouble(Latencies.Percentile::ms))
                .isSortedAccordingTo(Comparator.comparingDouble(Latencies.Percentile::percentile))
                .allSatisfy(at -> assertThat(at.percentile()).isLessThan(100));
        assertThat(latencies.curve())
                .last()
                .extracting(Latencies.Percentile::ms)
                .isNotEqualTo(0.0);
        assertThat(latencies.curve()).allSatisfy(at -> assertThat(at.ms()).isLessThanOrEqualTo(latencies.max()));
    }

    @Test
    void withoutMeasurementsThereIsNoCurve() {
        assertThat(stopwatch.latencies()).isEqualTo(new Latencies(0, 0, 0, 0, 0, 0, List.of()));
    }
}
