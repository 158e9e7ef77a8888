package workbook.kit.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;

class JsonTest {

    private static final Instant TIME = Instant.parse("2026-01-01T09:30:00.000001Z");

    @Test
    void aPaymentIsReadFromItsJson() {
        ReceivedPayment payment = new ReceivedPayment(1L, TIME, 10, 7, new BigDecimal("-99999999.10"));
        assertThat(ReceivedPayment.fromJson(payment.toJson())).isEqualTo(payment);
        ReceivedPayment unknown = new ReceivedPayment(null, TIME, null, null, new BigDecimal("0.00"));
        assertThat(ReceivedPayment.fromJson(unknown.toJson())).isEqualTo(unknown);
    }

    @Test
    void aPaymentHasTheJsonOfTheKitsPayment() {
        assertThat(new ReceivedPayment(1L, TIME, 10, 7, new BigDecimal("4.00")).toJson())
                .isEqualTo(new Payment(1, TIME, 10, 7, new BigDecimal("4.00")).toJson());
    }

    @Test
    void aRevenueIsReadFromItsJson() {
        Revenue revenue = new Revenue(TIME, null, new BigDecimal("199999999.98"));
        assertThat(revenue.toJson())
                .isEqualTo("{\"hour\":\"2026-01-01T09:30:00.000001Z\",\"terminal\":null,\"revenue\":199999999.98}");
        assertThat(Revenue.fromJson(revenue.toJson())).isEqualTo(revenue);
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> Revenue.fromJson("{")).hasMessage("Not JSON: {");
    }
}
