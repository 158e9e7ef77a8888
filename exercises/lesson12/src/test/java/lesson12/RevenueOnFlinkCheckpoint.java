package lesson12;

import static workbook.check.flink.FlinkAnswers.onFlink;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RunnableAnswer;
import workbook.kit.engines.ReceivedPayment;

/** {@link RevenueStory} on Flink. */
@Checkpoint(RevenueOnFlink.class)
class RevenueOnFlinkCheckpoint {

    @Test
    @Order(1)
    void paymentsAreSummedByTerminalAndHour(RevenueOnFlink answer) {
        RevenueStory.paymentsAreSummedByTerminalAndHour(on(answer));
    }

    @Test
    @Order(2)
    void anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(RevenueOnFlink answer) {
        RevenueStory.anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(3)
    void anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(RevenueOnFlink answer) {
        RevenueStory.anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(4)
    void aLatePaymentCountsForAsLongAsItsHourIsOpen(RevenueOnFlink answer) {
        RevenueStory.aLatePaymentCountsForAsLongAsItsHourIsOpen(on(answer));
    }

    @Test
    @Order(5)
    void aPaymentOfAFinalHourIsLeftOut(RevenueOnFlink answer) {
        RevenueStory.aPaymentOfAFinalHourIsLeftOut(on(answer));
    }

    @Test
    @Order(6)
    void refundsEqualRowsAndPaymentsWithoutATerminalCount(RevenueOnFlink answer) {
        RevenueStory.refundsEqualRowsAndPaymentsWithoutATerminalCount(on(answer));
    }

    @Test
    @Order(7)
    void aRestartKeepsTheSumsOfOpenHours(RevenueOnFlink answer) {
        RevenueStory.aRestartKeepsTheSumsOfOpenHours(on(answer));
    }

    @Test
    @Order(8)
    void theStreamEmitsWhatALoopOverThePaymentsComputes(RevenueOnFlink answer) {
        RevenueStory.theStreamEmitsWhatALoopOverThePaymentsComputes(on(answer));
    }

    private static RunnableAnswer on(RevenueOnFlink answer) {
        return onFlink(ReceivedPayment.class, RevenueStory.OUTPUT, answer::revenue);
    }
}
