package lesson06;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(FindTheLeak.class)
class FindTheLeakCheckpoint {

    private static final String[] COLUMNS = {"hour TIMESTAMP", "terminal INT", "revenue DECIMAL"};
    private static final ScriptRow FAR_AHEAD = payment(99, "23:00", "1.00");
    /** Later than every day of random rows. */
    private static final ScriptRow YEARS_AHEAD =
            row(new Payment(99, Instant.parse("2030-01-01T00:00:00Z"), 10, 7, BigDecimal.ONE));
    /** The payment far ahead and its sum; right answers may need one or two rows more. */
    private static final int ROWS_FOR_ONE = 4;

    /** The last payment of the first batch closes the hour of the others. Those of the second batch are too late for it. */
    @Test
    @Order(1)
    void emittedHoursLeaveNoState(FindTheLeak answer) {
        List<ScriptRow> payments = new ArrayList<>(payments(1, 20, "09:40"));
        payments.add(FAR_AHEAD);
        script().batch(payments)
                .batch(payments(21, 30, "09:50"))
                .stateAtMost(ROWS_FOR_ONE)
                .run(onSpark(answer::fixed));
    }

    /**
     * Payment 3 is a refund of another customer; the sum of those at terminal 8 is greater than an amount can be. When the
     * second batch comes, the watermark is at 9:59:59. It brings a late payment, a copy of it, and a copy of an earlier one.
     */
    @Test
    @Order(2)
    void theOutputIsTheSameAfterTheSameBatches(FindTheLeak answer) {
        script().batch(
                        payment(1, "09:05", "5.00"),
                        payment(2, "09:05", "5.00"),
                        payment(1, "09:05", "5.00"),
                        row(new Payment(3, at("09:50"), 11, 7, new BigDecimal("-12.00"))),
                        row(new Payment(7, at("09:10"), 10, 8, new BigDecimal("60000000.00"))),
                        row(new Payment(8, at("09:11"), 10, 8, new BigDecimal("60000000.00"))),
                        payment(4, "10:29:59", "7.00"))
                .emitsNothing()
                .batch(
                        payment(5, "09:20", "0.24"),
                        payment(5, "09:20", "0.24"),
                        payment(2, "09:05", "5.00"),
                        payment(6, "10:30", "1.00"))
                .emits(
                        row(at("09:00"), 7, new BigDecimal("-1.76")),
                        row(at("09:00"), 8, new BigDecimal("120000000.00")))
                .run(onSpark(answer::fixed));
    }

    /** Fifty minutes across two hours: no payment is too late for its hour. One row in five is repeated. */
    @Test
    @Order(3)
    void theSumsOfRandomPaymentsAreThoseOfALoop(FindTheLeak answer) {
        RandomRows payments = RandomRows.of(Payment.SCHEMA)
                .times("23:40", Duration.ofMinutes(50))
                .notNull() // as the task says
                .unique("id"); // a repeated row is the same in every column
        RandomScript.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batches(random -> withRepetitions(payments.batches(random, 3, 80), random))
                .ending(YEARS_AHEAD)
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

    /** Each batch repeats rows of its own and of earlier batches. */
    private static List<List<ScriptRow>> withRepetitions(List<List<ScriptRow>> batches, Random random) {
        List<ScriptRow> sent = new ArrayList<>();
        return batches.stream()
                .map(batch -> {
                    sent.addAll(batch);
                    return Stream.concat(
                                    batch.stream(),
                                    Stream.generate(() -> sent.get(random.nextInt(sent.size())))
                                            .limit(20))
                            .toList();
                })
                .toList();
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
