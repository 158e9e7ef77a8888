package lesson12;

import static workbook.check.beam.BeamAnswers.onBeam;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.beam.BeamAnswers.Source;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.ScriptRow;
import workbook.kit.beam.PaymentCoders;
import workbook.kit.engines.ReceivedPayment;

/** {@link RevenueStory} on Beam. */
@Checkpoint(RevenueOnBeam.class)
class RevenueOnBeamCheckpoint {

    @Test
    @Order(1)
    void paymentsAreSummedByTerminalAndHour(RevenueOnBeam answer) {
        RevenueStory.paymentsAreSummedByTerminalAndHour(on(answer));
    }

    @Test
    @Order(2)
    void anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(RevenueOnBeam answer) {
        RevenueStory.anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(3)
    void anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(RevenueOnBeam answer) {
        RevenueStory.anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(4)
    void aLatePaymentCountsForAsLongAsItsHourIsOpen(RevenueOnBeam answer) {
        RevenueStory.aLatePaymentCountsForAsLongAsItsHourIsOpen(on(answer));
    }

    @Test
    @Order(5)
    void aPaymentOfAFinalHourIsLeftOut(RevenueOnBeam answer) {
        RevenueStory.aPaymentOfAFinalHourIsLeftOut(on(answer));
    }

    @Test
    @Order(6)
    void refundsEqualRowsAndPaymentsWithoutATerminalCount(RevenueOnBeam answer) {
        RevenueStory.refundsEqualRowsAndPaymentsWithoutATerminalCount(on(answer));
    }

    @Test
    @Order(7)
    void theStreamEmitsWhatALoopOverThePaymentsComputes(RevenueOnBeam answer) {
        RevenueStory.theStreamEmitsWhatALoopOverThePaymentsComputes(on(answer));
    }

    private static RunnableAnswer on(RevenueOnBeam answer) {
        return onBeam(
                new Source<>(
                        PaymentCoders.payments(),
                        RevenueOnBeamCheckpoint::payment,
                        ReceivedPayment::time,
                        answer::bound),
                PaymentCoders.revenues(),
                RevenueStory.OUTPUT,
                answer::revenue);
    }

    private static ReceivedPayment payment(ScriptRow row) {
        return new ReceivedPayment(
                (Long) row.get(0), row.getInstant(1), (Integer) row.get(2), (Integer) row.get(3), row.getDecimal(4));
    }
}
