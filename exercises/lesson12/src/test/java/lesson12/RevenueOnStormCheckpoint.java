package lesson12;

import static lesson12.RevenueStory.payment;
import static lesson12.RevenueStory.script;
import static workbook.check.script.Script.row;
import static workbook.check.storm.StormAnswers.onStorm;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RunnableAnswer;
import workbook.check.storm.TestSpout;

/** {@link RevenueStory} on Storm, and what a reliable spout expects of a bolt. */
@Checkpoint(RevenueOnStorm.class)
class RevenueOnStormCheckpoint {

    private static final String PENDING = "pending tuples";

    @Test
    @Order(1)
    void paymentsAreSummedByTerminalAndHour(RevenueOnStorm answer) {
        RevenueStory.paymentsAreSummedByTerminalAndHour(on(answer));
    }

    @Test
    @Order(2)
    void anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(RevenueOnStorm answer) {
        RevenueStory.anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(3)
    void anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(RevenueOnStorm answer) {
        RevenueStory.anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(4)
    void aLatePaymentCountsForAsLongAsItsHourIsOpen(RevenueOnStorm answer) {
        RevenueStory.aLatePaymentCountsForAsLongAsItsHourIsOpen(on(answer));
    }

    @Test
    @Order(5)
    void aPaymentOfAFinalHourIsLeftOut(RevenueOnStorm answer) {
        RevenueStory.aPaymentOfAFinalHourIsLeftOut(on(answer));
    }

    @Test
    @Order(6)
    void refundsEqualRowsAndPaymentsWithoutATerminalCount(RevenueOnStorm answer) {
        RevenueStory.refundsEqualRowsAndPaymentsWithoutATerminalCount(on(answer));
    }

    /** The spout repeats the first payment twice and the second once. */
    @Test
    @Order(7)
    void aPaymentThatComesAgainCountsOnce(RevenueOnStorm answer) {
        script().batch(payment(1, "09:10", 10, 7, "5.00"))
                .batch(payment(2, "09:20", 11, 7, "1.00"))
                .batch(payment(3, "10:30", 10, 8, "4.00"))
                .emits(row("09:00", 7, 6))
                .run(on(TestSpout.impatient(), answer));
    }

    @Test
    @Order(8)
    void paymentsAreAckedWhenTheirHourIsEmittedAndNotBefore(RevenueOnStorm answer) {
        TestSpout spout = TestSpout.patient();
        script().batch(payment(1, "09:10", 10, 7, "5.00"), payment(2, "09:20", 10, 8, "1.00"))
                .expects(PENDING, 2, spout::pending)
                .batch(payment(3, "10:10", 11, 7, "2.00"))
                .expects(PENDING, 3, spout::pending)
                .batch(payment(4, "10:30", 11, 8, "4.00"))
                .expects(PENDING, 2, spout::pending)
                .run(on(spout, answer));
    }

    /** The clock is at 10:45, though 10:05 came after it. What is pending are the payments from ten. */
    @Test
    @Order(9)
    void aPaymentThatIsTooLateIsAckedAtOnce(RevenueOnStorm answer) {
        TestSpout spout = TestSpout.patient();
        script().batch(
                        payment(1, "09:10", 10, 7, "5.00"),
                        payment(2, "10:45", 10, 7, "1.00"),
                        payment(3, "10:05", 11, 7, "2.00"))
                .batch(payment(4, "09:50", 11, 7, "0.20"))
                .emitsNothing()
                .expects(PENDING, 2, spout::pending)
                .batch(payment(5, "10:46", 10, 8, "4.00"))
                .emitsNothing()
                .expects(PENDING, 3, spout::pending)
                .run(on(spout, answer));
    }

    /** The tuples of the first copies are not pending any more, whether they are acked or not. */
    @Test
    @Order(10)
    void thePaymentsThatCameAgainAreAckedAsWell(RevenueOnStorm answer) {
        TestSpout spout = TestSpout.impatient();
        script().batch(payment(1, "09:10", 10, 7, "5.00"))
                .batch(payment(2, "10:10", 10, 7, "1.00"))
                .expects(PENDING, 2, spout::pending)
                .batch(payment(3, "10:30", 11, 8, "4.00"))
                .expects(PENDING, 2, spout::pending)
                .run(on(spout, answer));
    }

    @Test
    @Order(11)
    void aNewWorkerGetsThePaymentsOfOpenHoursAgain(RevenueOnStorm answer) {
        RevenueStory.aRestartKeepsTheSumsOfOpenHours(on(answer));
    }

    /** The worker dies after it has emitted the hour from nine, and before the next bolt has processed it. */
    @Test
    @Order(12)
    void anHourThatIsLostOnItsWayIsEmittedAgain(RevenueOnStorm answer) {
        script().batch(payment(1, "09:10", 10, 7, "5.00"), payment(2, "09:20", 11, 7, "1.00"))
                .batch(payment(3, "10:30", 11, 8, "4.00"))
                .sinkFails()
                .emits(row("09:00", 7, 6), row("09:00", 7, 6))
                .run(on(answer));
    }

    @Test
    @Order(13)
    void theStreamEmitsWhatALoopOverThePaymentsComputes(RevenueOnStorm answer) {
        RevenueStory.theStreamEmitsWhatALoopOverThePaymentsComputes(on(TestSpout.impatient(), answer));
    }

    private static RunnableAnswer on(RevenueOnStorm answer) {
        return on(TestSpout.patient(), answer);
    }

    private static RunnableAnswer on(TestSpout spout, RevenueOnStorm answer) {
        return onStorm(spout, RevenueStory.OUTPUT, answer::revenue);
    }
}
