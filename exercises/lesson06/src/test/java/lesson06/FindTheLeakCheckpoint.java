package lesson06;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(FindTheLeak.class)
class FindTheLeakCheckpoint {

    private static final String[] COLUMNS = {"hour", "terminal", "revenue"};
    private static final ScriptRow FAR_AHEAD = payment(99, "23:00", "1.00");
    /** The payment far ahead and its sum; right answers may need one or two rows more. */
    private static final int ROWS_FOR_ONE = 4;

    @Test
    @Order(1)
    void aRepeatedPaymentCountsOnce(FindTheLeak answer) {
        script().batch(payment(1, "09:05", "5.00"), payment(2, "09:05", "5.00"), payment(1, "09:05", "5.00"))
                .batch(payment(1, "09:05", "5.00"), payment(3, "10:20", "7.00"))
                .batch(FAR_AHEAD)
                .emits(row(at("09:00"), 7, 10), row(at("10:00"), 7, 7))
                .run(onSpark(answer::fixed));
    }

    @Test
    @Order(2)
    void anHourIsEmittedAfterTheSameBatchAsBefore(FindTheLeak answer) {
        script().batch(payment(1, "09:05", "5.00"))
                .batch(payment(2, "10:30", "7.00"))
                .emits(row(at("09:00"), 7, 5))
                .run(onSpark(answer::fixed));
    }

    @Test
    @Order(3)
    void emittedHoursLeaveNoState(FindTheLeak answer) {
        script().batch(payments(1, 20, "09:40"))
                .batch(FAR_AHEAD)
                .batch(payments(21, 30, "09:50"))
                .stateAtMost(ROWS_FOR_ONE)
                .run(onSpark(answer::fixed));
    }

    /** After the first batch the watermark is at 10:15. */
    @Test
    @Order(4)
    void aLatePaymentCountsWhileItsHourIsOpen(FindTheLeak answer) {
        script().batch(payment(1, "10:45", "1.00"))
                .batch(payment(2, "10:05", "0.20"), payment(3, "10:25", "0.04"))
                .batch(FAR_AHEAD)
                .emits(row(at("10:00"), 7, new BigDecimal("1.24")))
                .run(onSpark(answer::fixed));
    }

    /** No payment is too late for its hour, and some are repeated. */
    @Test
    @Order(5)
    void theSumsOfRandomPaymentsAreThoseOfALoop(FindTheLeak answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batches(4, 20, FindTheLeakCheckpoint::randomPayment)
                .ending(FAR_AHEAD)
                .run(onSpark(answer::fixed), FindTheLeakCheckpoint::sums);
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow payment(long id, String time, String amount) {
        return row(new Payment(id, at(time), 10, 7, new BigDecimal(amount)));
    }

    private static List<ScriptRow> payments(int from, int to, String time) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(id -> payment(id, time, "5.00"))
                .toList();
    }

    /** Ten minutes pass with each batch. Most payments were made during an earlier one, and some are repeated. */
    private static ScriptRow randomPayment(Random random, int batch) {
        int made = random.nextInt(batch + 1);
        int number = random.nextInt(8);
        return row(new Payment(
                1_000 + 100 * made + number,
                at("09:40").plusSeconds(600 * made + 60 * number),
                10,
                number % 3,
                BigDecimal.valueOf(137 * made + 29 * number, 2)));
    }

    private static List<ScriptRow> sums(List<ScriptRow> payments) {
        record HourAndTerminal(Instant hour, int terminal) {}
        Map<HourAndTerminal, BigDecimal> revenue = new HashMap<>();
        new HashSet<>(payments)
                .forEach(payment -> revenue.merge(
                        new HourAndTerminal(payment.getInstant(1).truncatedTo(ChronoUnit.HOURS), payment.getInt(3)),
                        payment.getDecimal(4),
                        BigDecimal::add));
        return revenue.entrySet().stream()
                .map(sum -> row(sum.getKey().hour(), sum.getKey().terminal(), sum.getValue()))
                .toList();
    }
}
