package workbook.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;

class RecordPerPaymentTest {

    private static final Instant TIME = Instant.parse("2026-01-01T09:00:00Z");

    private final SentPayments sentPayments = new SentPayments();
    private final RecordPerPayment records = new RecordPerPayment(sentPayments);

    @Test
    void everyPaymentIsReadOnce() {
        String json = pay(1_000_000);
        String other = pay(5_000_000);
        records.read(json, 3_000_000);
        assertThat(records.isComplete(0, 1)).isFalse();
        assertThat(records.faults(0, 1)).hasToString("1 missing");
        records.read(other, 6_000_000);
        assertThat(records.isComplete(0, 1)).isTrue();
        assertThat(records.faults(0, 1)).isEqualTo(Faults.NONE);
        assertThat(records.latencies(0, 5_000_000).getTotalCount()).isEqualTo(1);
        assertThat(records.latencies(0, 5_000_000).getMaxValue()).isEqualTo(2_000);
        records.read(other, 7_000_000);
        assertThat(records.faults(0, 1)).hasToString("1 repeated");
    }

    private String pay(long nanos) {
        Payment payment = new Payment(nanos, TIME, 1, 7, BigDecimal.ONE);
        sentPayments.add(payment, nanos);
        return payment.toJson();
    }
}
