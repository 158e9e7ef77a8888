package lesson12;

import static workbook.check.kafkastreams.KafkaStreamsAnswers.onKafkaStreams;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RunnableAnswer;

/** {@link RevenueStory} on Kafka Streams. */
@Checkpoint(RevenueOnKafkaStreams.class)
class RevenueOnKafkaStreamsCheckpoint {

    @Test
    @Order(1)
    void paymentsAreSummedByTerminalAndHour(RevenueOnKafkaStreams answer) {
        RevenueStory.paymentsAreSummedByTerminalAndHour(on(answer));
    }

    @Test
    @Order(2)
    void anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(RevenueOnKafkaStreams answer) {
        RevenueStory.anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(3)
    void anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(RevenueOnKafkaStreams answer) {
        RevenueStory.anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(on(answer));
    }

    @Test
    @Order(4)
    void aLatePaymentCountsForAsLongAsItsHourIsOpen(RevenueOnKafkaStreams answer) {
        RevenueStory.aLatePaymentCountsForAsLongAsItsHourIsOpen(on(answer));
    }

    @Test
    @Order(5)
    void aPaymentOfAFinalHourIsLeftOut(RevenueOnKafkaStreams answer) {
        RevenueStory.aPaymentOfAFinalHourIsLeftOut(on(answer));
    }

    @Test
    @Order(6)
    void refundsEqualRowsAndPaymentsWithoutATerminalCount(RevenueOnKafkaStreams answer) {
        RevenueStory.refundsEqualRowsAndPaymentsWithoutATerminalCount(on(answer));
    }

    @Test
    @Order(7)
    void theStreamEmitsWhatALoopOverThePaymentsComputes(RevenueOnKafkaStreams answer) {
        RevenueStory.theStreamEmitsWhatALoopOverThePaymentsComputes(on(answer));
    }

    private static RunnableAnswer on(RevenueOnKafkaStreams answer) {
        return onKafkaStreams("customer", RevenueStory.OUTPUT, answer::revenue);
    }
}
