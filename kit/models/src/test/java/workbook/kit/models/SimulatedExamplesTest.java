package workbook.kit.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.kit.SimulatedPayment;
import workbook.kit.Simulator;

class SimulatedExamplesTest {

    @Test
    void theFeaturesAreThoseOfThePayments() {
        List<LabelledExample> examples = SimulatedExamples.twoWeeks();
        List<SimulatedPayment> payments = Simulator.of(500, 1000, 14).payments().toList();
        assertThat(examples).hasSameSizeAs(payments);
        int last = payments.size() - 1;
        SimulatedPayment payment = payments.get(last);
        long sameDay = payments.stream()
                .map(SimulatedPayment::payment)
                .filter(one -> one.customer() == payment.payment().customer())
                .filter(one -> one.time().toString().startsWith("2018-04-14"))
                .count();
        assertThat(examples.get(last).fraud()).isEqualTo(payment.isFraud());
        assertThat(examples.get(last).features())
                .containsEntry("amount", payment.payment().amount().doubleValue() / 100)
                .containsEntry("count", (double) sameDay)
                .containsEntry("night", 0.0);
        assertThat(examples.get(0).features()).containsEntry("count", 1.0).containsEntry("night", 1.0);
    }
}
