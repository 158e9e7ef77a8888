package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinsTest {

    @Test
    void theBinsHaveEqualSharesAndCoverAllNumbers() {
        double[] values =
                IntStream.range(0, 1000).mapToDouble(i -> i * 7 % 1000).toArray();
        double[] limits = Bins.limits(values, 4);
        assertThat(limits)
                .hasSize(5)
                .isSorted()
                .startsWith(Double.NEGATIVE_INFINITY)
                .endsWith(Double.POSITIVE_INFINITY);
        assertThat(Arrays.stream(values).filter(value -> value <= limits[1])).hasSizeBetween(249, 251);
        assertThat(Arrays.stream(values).filter(value -> value > limits[2])).hasSizeBetween(499, 501);
    }
}
