package workbook.capstone.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateRecorderTest {

    @Test
    void aLateTickIsDividedByTheTimeThatPassed() throws InterruptedException {
        long began = System.nanoTime();
        try (RateRecorder perSecond = new RateRecorder(() -> (System.nanoTime() - began) / 1_000_000)) {
            while (perSecond.rates().size() < 2) {
                assertThat(System.nanoTime() - began).isLessThan(30_000_000_000L);
                Thread.sleep(20);
            }
            assertThat(perSecond.rates()).allSatisfy(rate -> assertThat(rate).isCloseTo(1_000, within(200.0)));
        }
    }
}
