package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import workbook.kit.Simulator;

class HandbookProtocolTest {

    private static final HandbookProtocol.Result PUBLISHED = HandbookProtocol.PUBLISHED;

    @Test
    void threeSimulationsComeToWhatTheHandbookPrints() {
        List<HandbookProtocol.Result> results = LongStream.rangeClosed(1, 3)
                .mapToObj(seed -> HandbookProtocol.on(Simulator.Settings.defaults().withSeed(seed))).toList();

        assertThat(mean(results, Quality::rocAuc)).isCloseTo(PUBLISHED.quality().rocAuc(), within(0.03));
        assertThat(mean(results, Quality::averagePrecision))
                .isCloseTo(PUBLISHED.quality().averagePrecision(), within(0.08));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.training().payments())
                    .isCloseTo(PUBLISHED.training().payments(), Percentage.withPercentage(3));
            assertThat(result.test().payments()).isCloseTo(PUBLISHED.test().payments(), Percentage.withPercentage(3));
            assertThat(result.drift()).hasSize(15).allSatisfy(drift -> assertThat(drift.index()).isLessThan(0.1));
        });
    }

    private static double mean(List<HandbookProtocol.Result> results, ToDoubleFunction<Quality> measure) {
        return results.stream().map(HandbookProtocol.Result::quality).mapToDouble(measure).average().orElseThrow();
    }
}
