package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void aDoubleMayDifferByABillionthOfTheExpectedNumberOrOfOne() {
        assertThat(areEqual(20.000000001, 20)).isTrue();
        assertThat(areEqual(20.0000001, 20)).isFalse();
        assertThat(areEqual(1e18 + 1e8, 1e18)).isTrue();
        assertThat(areEqual(1e-10, 0.0)).isTrue();
        assertThat(areEqual((double) 20.1f, 20.1)).isFalse();
        assertThat(areEqual(Double.NaN, 0.0)).isFalse();
        assertThat(areEqual(0.0, Double.POSITIVE_INFINITY)).isFalse();
    }

    @Test
    void expectedNumbersThatAreAlmostEqualMayBeExchanged() {
        Times times = new Times(false);
        List<ScriptRow> expected = List.of(row("roof", 2e-18), row("cellar", 0.0), row("attic", Math.nextUp(20.0)));
        List<ScriptRow> out = List.of(row("cellar", 2e-18), row("attic", 20.0), row("roof", 2e-18));
        assertThat(Comparison.inAnyOrder(out, expected, times).isEqual()).isTrue();
        assertThat(Comparison.inAnyOrder(expected, out, times).isEqual()).isTrue();
        assertThat(Comparison.inOrder(expected, expected, times).isEqual()).isTrue();
        assertThat(Comparison.inAnyOrder(List.of(row("roof", 20.0)), List.of(row("roof", 20.1)), times)
                        .isEqual())
                .isFalse();
    }

    @Test
    void otherNumbersAreExact() {
        assertThat(areEqual(new BigDecimal("20.0000000001"), new BigDecimal("20")))
                .isFalse();
        assertThat(areEqual(0.1 + 0.2, new BigDecimal("0.30"))).isFalse();
        assertThat(areEqual(new BigDecimal("20.00"), 20)).isTrue();
        assertThat(areEqual(null, 0.0)).isFalse();
    }

    private static boolean areEqual(Object out, Object expected) {
        List<ScriptRow> came = List.of(row("roof", out));
        List<ScriptRow> wanted = List.of(row("roof", expected));
        Times times = new Times(false);
        return Comparison.inOrder(came, wanted, times).isEqual()
                && Comparison.inAnyOrder(came, wanted, times).isEqual();
    }
}
