package lesson03;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(BusiestHours.class)
class BusiestHoursCheckpoint {

    private static final String[] COLUMNS = {"hour", "payments"};
    private static final Duration QUARTER = Duration.ofMinutes(15);

    @Test
    @Order(1)
    void anHourMayBeginAtAnyQuarter(BusiestHours answer) {
        script().batch(payment(1, "09:25"), payment(2, "09:40"), payment(3, "09:50"), payment(4, "10:10"))
                .emits(row("09:15", 4), row("09:00", 3), row("09:30", 3))
                .run(onSpark(answer::busiest));
    }

    @Test
    @Order(2)
    void aPaymentAtAQuarterIsInTheHourThatBeginsThereNotInTheOneThatEnds(BusiestHours answer) {
        script().batch(payment(1, "09:20"), payment(2, "09:35"), payment(3, "09:59:59"), payment(4, "10:00"))
                .emits(row("09:15", 4), row("09:00", 3), row("09:30", 3))
                .run(onSpark(answer::busiest));
    }

    @Test
    @Order(3)
    void theBusiestHourComesFirstAndOfEquallyBusyHoursTheEarlier(BusiestHours answer) {
        script().batch(payment(1, "14:05"), payment(2, "14:10"), payment(3, "09:05"), payment(4, "09:25"))
                .emitsInOrder(row("08:30", 2), row("08:45", 2), row("09:00", 2))
                .run(onSpark(answer::busiest));
    }

    @Test
    @Order(4)
    void aPaymentWithoutACustomerCounts(BusiestHours answer) {
        ScriptRow cash = row(1L, at("09:05"), null, 7, new BigDecimal("5.00"));
        script().batch(cash)
                .emits(row("08:15", 1), row("08:30", 1), row("08:45", 1))
                .run(onSpark(answer::busiest));
    }

    /** The oracle counts each payment in four hours. Payments of both batches are from the same hours. */
    @Test
    @Order(5)
    void theLastBatchHasTheBusiestHoursOfAllPaymentsIncludingLateOnes(BusiestHours answer) {
        RandomScript.of(Payment.SCHEMA)
                .mode("complete")
                .columns(COLUMNS)
                .batches(2, 30, (random, batch) -> randomPayment(random))
                .run(onSpark(answer::busiest), BusiestHoursCheckpoint::busiest);
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).mode("complete").columns(COLUMNS);
    }

    private static ScriptRow payment(long id, String time) {
        return row(new Payment(id, at(time), 10, 7, new BigDecimal("5.00")));
    }

    private static ScriptRow randomPayment(Random random) {
        Instant time = at("09:00").plusSeconds(60 * random.nextInt(6 * 60));
        return row(
                100L + random.nextInt(1_000_000),
                time,
                random.nextInt(4) == 0 ? null : random.nextInt(5),
                7,
                BigDecimal.valueOf(random.nextInt(10_000), 2));
    }

    private static List<ScriptRow> busiest(List<ScriptRow> payments) {
        Map<Instant, Long> counts = payments.stream()
                .flatMap(payment -> hours(payment.getInstant(1)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Instant, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(3)
                .map(hour -> row(hour.getKey(), hour.getValue()))
                .toList();
    }

    /** Returns the starts of the four hours that contain a time. */
    private static Stream<Instant> hours(Instant time) {
        Instant last = time.minusSeconds(time.getEpochSecond() % QUARTER.toSeconds());
        return Stream.iterate(last, hour -> hour.minus(QUARTER)).limit(4);
    }
}
