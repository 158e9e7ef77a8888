package workbook.capstone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.kit.Fraud;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;

class ProfileHistoryTest {

    private static final LocalDate START = LocalDate.of(2018, 4, 2);

    private final ProfileHistory history = new ProfileHistory(2, 2, START);

    @Test
    void aCustomersWindowsEndWithTheLastDay() {
        addDay(payment("10.00", Fraud.NONE), payment("20.00", Fraud.NONE));
        addEmptyDays(2);
        addDay(payment("60.00", Fraud.NONE));

        assertThat(feature("customer_count_1d")).isEqualTo(1);
        assertThat(feature("customer_mean_1d")).isEqualTo(60);
        assertThat(feature("customer_count_7d")).isEqualTo(3);
        assertThat(feature("customer_mean_7d")).isEqualTo(30);
    }

    @Test
    void aDayLeavesTheWindowAfterItsLength() {
        addDay(payment("10.00", Fraud.NONE));
        addEmptyDays(6);
        assertThat(feature("customer_count_7d")).isEqualTo(1);
        addEmptyDays(1);
        assertThat(feature("customer_count_7d")).isZero();
        assertThat(feature("customer_mean_7d")).isZero();
        addEmptyDays(22);
        assertThat(feature("customer_count_30d")).isEqualTo(1);
        addEmptyDays(1);
        assertThat(feature("customer_count_30d")).isZero();
    }

    @Test
    void aTerminalsFraudsCountAWeekLater() {
        addDay(
                payment("10.00", Fraud.COMPROMISED_TERMINAL),
                payment("10.00", Fraud.NONE),
                payment("10.00", Fraud.NONE));
        addEmptyDays(6);
        assertThat(feature("terminal_count_1d")).isZero();
        addEmptyDays(1);
        assertThat(feature("terminal_count_1d")).isEqualTo(3);
        assertThat(feature("terminal_risk_1d")).isCloseTo(1 / 3.0, within(1e-6));
        addEmptyDays(1);
        assertThat(feature("terminal_count_1d")).isZero();
        assertThat(feature("terminal_risk_30d")).isCloseTo(1 / 3.0, within(1e-6));
    }

    @Test
    void sumsOfALaterDayEqualThoseAfterEmptyDays() {
        addDay(payment("10.00", Fraud.COMPROMISED_TERMINAL), payment("30.00", Fraud.NONE));
        addDay(payment("50.00", Fraud.NONE));
        LocalDate end = START.plusDays(2);
        assertThat(history.end()).isEqualTo(end);
        for (int later = 0; later <= 40; later++) {
            Profiles profiles = history.sums(end.plusDays(later)).profiles(end.plusDays(later));
            ProfileHistory longer = new ProfileHistory(2, 2, START);
            longer.addDay(List.of(payment("10.00", Fraud.COMPROMISED_TERMINAL), payment("30.00", Fraud.NONE)));
            longer.addDay(List.of(payment("50.00", Fraud.NONE)));
            for (int empty = 0; empty < later; empty++) {
                longer.addDay(List.of());
            }
            assertThat(features(profiles)).as("%d days later", later).isEqualTo(features(longer.profiles()));
        }
        assertThat(history.sums(end.plusDays(36)).profiles(end).terminals()).isEqualTo(1);
        assertThat(history.sums(end.plusDays(37)).profiles(end).terminals()).isZero();
    }

    @Test
    void anUnknownKeyHasZeros() {
        addDay(payment("10.00", Fraud.NONE));
        Payment stranger = new Payment(1, Instant.EPOCH, 99, 99, BigDecimal.ONE);
        assertThat(Features.of(stranger, history.profiles()))
                .startsWith(1, 0, 1)
                .endsWith(new double[12]);
    }

    private double feature(String name) {
        return features(history.profiles())[Features.NAMES.indexOf(name)];
    }

    private static double[] features(Profiles profiles) {
        return Features.of(payment("1.00", Fraud.NONE).payment(), profiles);
    }

    private void addDay(SimulatedPayment... payments) {
        history.addDay(List.of(payments));
    }

    private void addEmptyDays(int days) {
        for (int i = 0; i < days; i++) {
            addDay();
        }
    }

    private static SimulatedPayment payment(String amount, Fraud fraud) {
        return new SimulatedPayment(
                new Payment(1, Instant.parse("2018-04-02T12:00:00Z"), 1, 1, new BigDecimal(amount)), fraud);
    }
}
