package workbook.capstone.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import workbook.kit.Payment;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

class RollingProfilesTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void equalALoopOverAllPayments() {
        Simulator simulator = new Simulator(Simulator.Settings.defaults()
                .withCustomers(40)
                .withTerminals(60)
                .withDays(60)
                .withRadius(20));
        RollingProfiles profiles = new RollingProfiles();
        List<SimulatedPayment> past = new ArrayList<>();
        simulator.payments().forEach(simulated -> {
            profiles.add(simulated);
            past.add(simulated);
            if (past.size() % 37 == 0) {
                double[] known = new double[12];
                profiles.copyTo(known, 0, simulated.payment());
                assertThat(known).containsExactly(loop(past, simulated.payment()), within(1e-6));
            }
        });
        assertThat(past).hasSizeGreaterThan(1_000);
    }

    private static double[] loop(List<SimulatedPayment> past, Payment payment) {
        List<Double> known = new ArrayList<>();
        for (int days : new int[] {1, 7, 30}) {
            Instant from = payment.time().minus(Duration.ofDays(days));
            add(
                    known,
                    past,
                    other -> other.payment().customer() == payment.customer() && isWithin(other, from, payment.time()),
                    other -> other.payment().amount().doubleValue());
        }
        for (int days : new int[] {1, 7, 30}) {
            Instant to = payment.time().minus(WEEK);
            Instant from = to.minus(Duration.ofDays(days));
            add(
                    known,
                    past,
                    other -> other.payment().terminal() == payment.terminal() && isWithin(other, from, to),
                    other -> other.isFraud() ? 1 : 0);
        }
        return known.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void add(
            List<Double> known,
            List<SimulatedPayment> past,
            Predicate<SimulatedPayment> counts,
            ToDoubleFunction<SimulatedPayment> value) {
        List<SimulatedPayment> counted = past.stream().filter(counts).toList();
        known.add((double) counted.size());
        known.add(counted.stream().mapToDouble(value).average().orElse(0));
    }

    private static boolean isWithin(SimulatedPayment other, Instant from, Instant to) {
        Instant time = other.payment().time();
        return time.isAfter(from) && !time.isAfter(to);
    }
}
