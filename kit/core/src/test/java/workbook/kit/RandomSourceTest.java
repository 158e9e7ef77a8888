package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSourceTest {

    private static final int DRAWS = 100_000;

    private final RandomSource random = RandomSource.of(7);

    @Test
    void uniformNumbersCoverTheirRange() {
        DoubleSummaryStatistics drawn =
                DoubleStream.generate(() -> random.uniform(5, 100)).limit(DRAWS).summaryStatistics();

        assertThat(drawn.getMin()).isBetween(5.0, 5.1);
        assertThat(drawn.getMax()).isBetween(99.9, 100.0);
        assertThat(drawn.getAverage()).isCloseTo(52.5, within(0.5));
    }

    @Test
    void gaussianNumbersHaveTheirMeanDeviationAndTails() {
        double[] drawn =
                DoubleStream.generate(() -> random.gaussian(10, 2)).limit(DRAWS).toArray();

        assertThat(DoubleStream.of(drawn).average().orElseThrow()).isCloseTo(10, within(0.03));
        assertThat(share(DoubleStream.of(drawn).filter(x -> Math.abs(x - 10) < 2)))
                .isCloseTo(0.6827, within(0.01));
        assertThat(share(DoubleStream.of(drawn).filter(x -> Math.abs(x - 10) < 4)))
                .isCloseTo(0.9545, within(0.005));
    }

    @Test
    void poissonNumbersHaveTheirMeanAndTheirShareOfZeros() {
        int[] drawn = IntStream.generate(() -> random.poisson(1.5)).limit(DRAWS).toArray();

        assertThat(IntStream.of(drawn).average().orElseThrow()).isCloseTo(1.5, within(0.02));
        assertThat(share(IntStream.of(drawn).filter(n -> n == 0).asDoubleStream()))
                .isCloseTo(Math.exp(-1.5), within(0.01));
    }

    @Test
    void distinctNumbersCanCoverTheWholeRange() {
        assertThat(random.distinct(10, 10)).hasSize(10).allMatch(n -> 0 <= n && n < 10);
    }

    @Test
    void theOrderOfTheKeysMatters() {
        assertThat(RandomSource.of(1, 2).uniform())
                .isNotEqualTo(RandomSource.of(2, 1).uniform());
    }

    private static double share(DoubleStream some) {
        return (double) some.count() / DRAWS;
    }
}
