package workbook.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;
import workbook.kit.engines.Revenue;

class RowsTest {

    private static final long NINE_IS_DUE = 5_000_000;
    private static final long TEN_IS_DUE = 9_000_000;

    private final SentPayments sentPayments = new SentPayments();
    private final Rows rows = new Rows(sentPayments);

    RowsTest() {
        pay("09:00:00", 7, "1.50", 1_000_000);
        pay("09:59:59", 7, "2.50", 2_000_000);
        pay("09:59:59", 8, "4.00", 3_000_000);
        pay("10:29:59", 7, "8.00", 4_000_000);
        pay("10:30:00", 7, "0.50", NINE_IS_DUE);
        pay("11:30:00", 7, "0.25", TEN_IS_DUE);
    }

    @Test
    void anHourIsDueHalfAnHourAfterItsEnd() {
        assertThat(sentPayments.due(0, NINE_IS_DUE)).isEmpty();
        assertThat(sentPayments.due(0, NINE_IS_DUE + 1))
                .hasSize(2)
                .allMatch(group -> group.hour().equals(at("09:00:00")));
        assertThat(sentPayments.due(NINE_IS_DUE + 1, TEN_IS_DUE + 1)).hasSize(1);
    }

    @Test
    void latencyBeginsWithThePaymentThatMakesTheHourDue() {
        read("09:00:00", 7, "4.00", NINE_IS_DUE + 2_000_000);
        read("09:00:00", 8, "4.00", NINE_IS_DUE + 8_000_000);
        read("10:00:00", 7, "8.50", TEN_IS_DUE + 1_000_000);
        Histogram both = rows.latencies(NINE_IS_DUE, TEN_IS_DUE);
        assertThat(both.getTotalCount()).isEqualTo(2);
        assertThat(both.getValueAtPercentile(50)).isEqualTo(2_000);
        assertThat(both.getMaxValue()).isCloseTo(8_000L, withinPercentage(1));
    }

    @Test
    void rowsAreCompleteWhenEachGroupHasOne() {
        read("09:00:00", 7, "4.00", 0);
        assertThat(rows.isComplete(0, TEN_IS_DUE)).isFalse();
        read("09:00:00", 8, "4.00", 0);
        assertThat(rows.isComplete(0, TEN_IS_DUE)).isTrue();
        assertThat(rows.isComplete(0, TEN_IS_DUE + 1)).isFalse();
    }

    @Test
    void aRowWithAnotherSumIsWrongIfItsHourIsDue() {
        read("09:00:00", 7, "1.50", 0);
        read("09:00:00", 8, "4.00", 0);
        read("11:00:00", 7, "0.20", 0);
        assertThat(rows.faults(0, TEN_IS_DUE)).hasToString("1 wrong");
    }

    @Test
    void rowsAreComparedWithTheSums() {
        read("09:00:00", 7, "4.0", 0);
        read("09:00:00", 8, "4.00", 0);
        assertThat(rows.faults(0, TEN_IS_DUE)).isEqualTo(Faults.NONE).hasToString("all right");
        read("09:00:00", 8, "4.00", 0);
        read("08:00:00", 7, "4.00", 0);
        rows.read("?", 0);
        assertThat(rows.faults(0, TEN_IS_DUE + 1)).hasToString("2 wrong, 1 repeated, 1 missing");
    }

    private void pay(String time, int terminal, String amount, long nanos) {
        sentPayments.add(new Payment(nanos, at(time), 1, terminal, new BigDecimal(amount)), nanos);
    }

    private void read(String hour, int terminal, String revenue, long nanos) {
        rows.read(new Revenue(at(hour), terminal, new BigDecimal(revenue)).toJson(), nanos);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-01T" + time + "Z");
    }
}
