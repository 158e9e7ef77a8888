package workbook.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;

class EchoTest {

    private static final Instant TIME = Instant.parse("2026-01-01T09:00:00Z");

    private final Ledger ledger = new Ledger();
    private final Echo echo = new Echo(ledger);

    @Test
    void everyPaymentIsReadOnce() {
        String json = pay(1_000_000);
        String other = pay(5_000_000);
        echo.read(json, 3_000_000);
        assertThat(echo.isComplete(0, 1)).isFalse();
        assertThat(echo.faults(0, 1)).hasToString("1 missing");
        echo.read(other, 6_000_000);
        assertThat(echo.isComplete(0, 1)).isTrue();
        assertThat(echo.faults(0, 1)).isEqualTo(Faults.NONE);
        assertThat(echo.latencies(0, 5_000_000).getTotalCount()).isEqualTo(1);
        assertThat(echo.latencies(0, 5_000_000).getMaxValue()).isEqualTo(2_000);
        echo.read(other, 7_000_000);
        assertThat(echo.faults(0, 1)).hasToString("1 repeated");
    }

    private String pay(long nanos) {
        Payment payment = new Payment(nanos, TIME, 1, 7, BigDecimal.ONE);
        ledger.add(payment, nanos);
        return payment.toJson();
    }
}
