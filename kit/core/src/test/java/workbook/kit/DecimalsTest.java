package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class DecimalsTest {

    @Test
    void aNumberIsRounded() {
        assertThat(Decimals.of(0.1391, 2)).isEqualTo("0.14");
        assertThat(Decimals.of(2.0, 3)).isEqualTo("2.000");
        assertThat(Decimals.of(Double.NaN, 7)).isEqualTo("NaN");
        assertThat(Decimals.of(null, 2)).isEqualTo("null");
    }

    @Test
    void thePointDoesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Decimals.of(0.5, 1)).isEqualTo("0.5");
        } finally {
            Locale.setDefault(before);
        }
    }
}
