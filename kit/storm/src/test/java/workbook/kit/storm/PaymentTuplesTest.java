package workbook.kit.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.storm.testing.IdentityBolt;
import org.apache.storm.topology.BasicBoltExecutor;
import org.junit.jupiter.api.Test;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

class PaymentTuplesTest {

    @Test
    void aPaymentIsTheSameAfterwards() {
        ReceivedPayment payment =
                new ReceivedPayment(1L, Instant.parse("2026-01-01T09:10:00Z"), 10, null, new BigDecimal("5.00"));
        try (LocalBolt bolt = new LocalBolt(
                new BasicBoltExecutor(new IdentityBolt(PaymentTuples.PAYMENT)), PaymentTuples.PAYMENT.toList())) {
            assertThat(PaymentTuples.payment(bolt.tuple(PaymentTuples.values(payment))))
                    .isEqualTo(payment);
        }
    }

    @Test
    void revenuesHaveTheValuesOfTheirFields() {
        Instant hour = Instant.parse("2026-01-01T09:00:00Z");
        assertThat(PaymentTuples.values(new Revenue(hour, null, new BigDecimal("0.10"))))
                .hasSameSizeAs(PaymentTuples.REVENUE.toList())
                .containsExactly(hour, null, new BigDecimal("0.10"));
    }
}
