package lesson03;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(BusiestHours.class)
class BusiestHoursCheckpoint {

    private static final String[] COLUMNS = {"hour TIMESTAMP", "payments BIGINT"};
    private static final Duration QUARTER = Duration.ofMinutes(15);

    @Test
    @Order(1)
    void anHourMayBeginAtAnyQuarter(BusiestHours answer) {
        script().batch(payment(1, "09:25"), payment(2, "09:40"), payment(3, "09:50"), payment(4, "10:10"))
                .emitsInOrder(row("09:15", 4), row("09:00", 3), row("09:30", 3))
                .run(onSpark(answer::busiest));
    }

    @Test
    @Order(2)
    void aPaymentAtAQuarterIsInTheHourThatBeginsThereNotInTheOneThatEnds(BusiestHours answer) {
        script().batch(
                        payment(1, "09:20"),
                        payment(2, "09:35"),
                        payment(3, "2026-01-01T09:59:59.999999Z"),
                        payment(4, "10:00"))
                .emitsInOrder(row("09:15", 4), row("09:00", 3), row("09:30", 3))
                .run(onSpark(answer::busiest));
    }

    @Test
    @Order(3)
    void theBusiestHourComesFirstAndOfEquallyBusyHoursTheEarlier(BusiestHours answer) {
        script().batch(payment(1, "14:05"), payment(2, "14:10"), payment(3, "09:05"), payment(4, "09:25"))
                .emitsInOrder(row("08:30", 2), row("08:45", 2), row("09:00", 2))
                .run(onSpark(answer::busiest));
    }

    /** A clock that is wrong has sent the year 2090. */
    @Test
    @Order(4)
    void everyRowWithATimeCounts(BusiestHours answer) {
        Instant time = Instant.parse("2090-01-01T09:05:00Z");
        ScriptRow cash = row(1L, time, null, 7, new BigDecimal("5.00"));
        ScriptRow refund = row(2L, time, 10, 7, new BigDecimal("-5.00"));
        ScriptRow unreadable = row(null, time, null, null, null);
        ScriptRow withoutAnAmount = row(4L, time, 10, 7, null);
        ScriptRow withoutATime = row(3L, null, 10, 7, new BigDecimal("5.00"));
        script().batch(cash, cash, refund, unreadable, withoutAnAmount)
                .batch(Collections.nCopies(9, withoutATime))
                .emitsInOrder(
                        row("2090-01-01T08:15:00Z", 5), row("2090-01-01T08:30:00Z", 5), row("2090-01-01T08:45:00Z", 5))
                .run(onSpark(answer::busiest));
    }

    /** The oracle counts each payment in four hours. Payments of all batches are from the same eight hours. */
    @Test
    @Order(5)
    void theLastBatchHasTheBusiestHoursOfAllPaymentsIncludingLateOnes(BusiestHours answer) {
        RandomScript.of(Payment.SCHEMA)
                .mode("complete")
                .columns(COLUMNS)
                .inOrder()
                .batches(2, 150, RandomRows.of(Payment.SCHEMA))
                .run(onSpark(answer::busiest), BusiestHoursCheckpoint::busiest);
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).mode("complete").columns(COLUMNS);
    }

    private static ScriptRow payment(long id, String time) {
        return row(new Payment(id, at(time), 10, 7, new BigDecimal("5.00")));
    }

    private static List<ScriptRow> busiest(List<ScriptRow> payments) {
        Map<Instant, Long> counts = payments.stream()
                .filter(payment -> !payment.isNullAt(1))
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
        Instant last = Instant.ofEpochSecond(time.getEpochSecond() / QUARTER.toSeconds() * QUARTER.toSeconds());
        return Stream.iterate(last, hour -> hour.minus(QUARTER)).limit(4);
    }
}
