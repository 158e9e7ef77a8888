package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedPaymentTest {

    @Test
    void aMultipleDiffersInTheAmountOnlyWhichIsRoundedHalfUp() {
        Instant time = Instant.parse("2018-04-01T10:00:00Z");
        SimulatedPayment one =
                new SimulatedPayment(new Payment(7, time, 12, 345, new BigDecimal("9.99")), Fraud.LARGE_AMOUNT);

        assertThat(one.times("1.5"))
                .isEqualTo(new SimulatedPayment(
                        new Payment(7, time, 12, 345, new BigDecimal("14.99")), Fraud.LARGE_AMOUNT));
        assertThat(one.times("0.2").payment().amount()).isEqualTo("2.00");
    }
}
