package workbook.kit.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import workbook.kit.engines.Revenue;

class PaymentTuplesTest {

    @Test
    void revenuesHaveTheValuesOfTheirFields() {
        Instant hour = Instant.parse("2026-01-01T09:00:00Z");
        assertThat(PaymentTuples.values(new Revenue(hour, null, new BigDecimal("0.10"))))
                .hasSameSizeAs(PaymentTuples.REVENUE.toList())
                .containsExactly(hour, null, new BigDecimal("0.10"));
    }
}
