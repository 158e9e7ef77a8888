package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DriftTest {

    private final double[] before = values(1, value -> value);

    @Test
    void anUnchangedFeatureHasNotDrifted() {
        assertThat(index(before, before)).isZero();
        assertThat(index(before, values(2, value -> value))).isLessThan(0.02);
    }

    @Test
    void aShiftByAStandardDeviationIsSignificantDrift() {
        assertThat(index(before, values(3, value -> value + 1))).isGreaterThan(0.25);
    }

    @Test
    void aRareValueThatBecomesCommonIsDetected() {
        double[] tenth = new double[1_000];
        double[] half = new double[1_000];
        for (int i = 0; i < 1_000; i++) {
            tenth[i] = i < 100 ? 1 : 0;
            half[i] = i < 500 ? 1 : 0;
        }
        // By hand: the bin of 0 holds 0.9 and 0.5, that of 1 holds 0.1 and 0.5.
        double expected = (0.5 - 0.9) * Math.log(0.5 / 0.9) + (0.5 - 0.1) * Math.log(0.5 / 0.1);
        assertThat(index(tenth, half)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void anEmptyBinDoesNotMakeTheIndexInfinite() {
        assertThat(index(before, new double[] {100})).isFinite().isGreaterThan(1);
    }

    private static double index(double[] before, double[] after) {
        return Drift.of("amount", before, after).index();
    }

    private static double[] values(long seed, DoubleUnaryOperator change) {
        Random random = new Random(seed);
        return random.doubles(5_000)
                .map(uniform -> change.applyAsDouble(random.nextGaussian()))
                .toArray();
    }
}
