package workbook.kit.beam;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

class PaymentCodersTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

    @Test
    void payments() throws Exception {
        assertThat(copied(
                        PaymentCoders.payments(), new ReceivedPayment(null, NINE, null, null, new BigDecimal("0.10"))))
                .isEqualTo(new ReceivedPayment(null, NINE, null, null, new BigDecimal("0.10")));
    }

    @Test
    void revenues() throws Exception {
        assertThat(copied(PaymentCoders.revenues(), new Revenue(NINE, 7, new BigDecimal("-0.10"))))
                .isEqualTo(new Revenue(NINE, 7, new BigDecimal("-0.10")));
    }

    private static <T> T copied(Coder<T> coder, T value) throws Exception {
        return CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, value));
    }
}
