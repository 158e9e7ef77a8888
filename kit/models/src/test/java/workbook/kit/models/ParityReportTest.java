package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workbook.kit.Fraud;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

class ParityReportTest {

    private static final LogisticModel MODEL = AmountModel.fraudsAbove(50).withThreshold(0.5);

    @Test
    void theFirstDifferenceAndTheLostAlertsAreShown() {
        String printed = printed(() -> new ParityReport(
                        MODEL,
                        List.of(
                                payment("09:00", Fraud.NONE, 10, 10),
                                payment("10:00", Fraud.LARGE_AMOUNT, 99, 1),
                                payment("11:00", Fraud.LARGE_AMOUNT, 99, 99 + 1e-12),
                                payment("12:00", Fraud.NONE, 1, 99)))
                .printDifferences()
                .printAlerts());
        assertThat(printed)
                .contains("of 4 payments differ\n")
                .containsPattern("amount +2  04-01 10:00 +99.00 +1.00  (1.0|0.9)\\d+ +0.0\\d+\n")
                .contains("alerts for frauds: 2 by SQL, 1 by Java, 1 lost\n")
                .contains("alerts for genuine payments: 0 by SQL, 1 by Java, 0 lost\n");
    }

    @Test
    void withoutADifferenceNoPaymentIsShown() {
        assertThat(printed(() ->
                        new ParityReport(MODEL, List.of(payment("09:00", Fraud.NONE, 10, 10))).printDifferences()))
                .endsWith("amount          0\n");
    }

    @Test
    void aMissingValueDiffers() {
        TwiceComputed payment = new TwiceComputed(null, Map.of(), Map.of("amount", 0.0));
        assertThat(payment.differ("amount")).isTrue();
        assertThat(payment.withJavas("amount")).isEqualTo(Map.of("amount", 0.0));
    }

    private static TwiceComputed payment(String time, Fraud fraud, double sql, double java) {
        Instant instant = Instant.parse("2018-04-01T" + time + ":00Z");
        return new TwiceComputed(
                new SimulatedPayment(new Payment(1, instant, 12, 345, BigDecimal.TEN), fraud),
                Map.of("amount", sql),
                Map.of("amount", java));
    }

    private static String printed(Runnable program) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(console);
        }
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
