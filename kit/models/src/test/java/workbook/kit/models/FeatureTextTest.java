package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class FeatureTextTest {

    @Test
    void namesAndValuesKeepTheirOrder() {
        assertThat(FeatureText.parse("night=1 amount=0.9 count=NaN"))
                .containsExactly(entry("night", 1.0), entry("amount", 0.9), entry("count", Double.NaN));
    }
}
