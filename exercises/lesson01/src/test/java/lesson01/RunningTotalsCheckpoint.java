package lesson01;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(RunningTotals.class)
class RunningTotalsCheckpoint {

    private static final Instant MORNING = Instant.parse("2026-01-01T09:00:00Z");
    private static final String LARGEST = "99999999.99";
    private static final String[] COLUMNS = {"customer INT", "payments BIGINT", "total"};

    @Test
    @Order(1)
    void inUpdateModeEachBatchEmitsTheCustomersThatPaid(RunningTotals answer) {
        Script.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .mode("update")
                .batch(payment(1, 0, 10, "0.10"), payment(2, 5, 11, "7.50"), payment(3, 10, 12, "1.00"))
                .batch(payment(4, 15, 10, "0.20"), payment(5, 95, 11, "2.50"), payment(6, 96, 11, "2.50"))
                .emits(row(10, 2, cents(30)), row(11, 3, cents(1250)))
                .batch(
                        payment(7, 97, 12, LARGEST),
                        payment(8, 98, 12, LARGEST),
                        payment(2, 5, 11, "7.50"),
                        payment(9, 98, 13, "-0.50"),
                        payment(10, 98, 13, "0.00"))
                .emits(row(12, 3, cents(20_000_000_098L)), row(11, 4, cents(2000)), row(13, 2, cents(-50)))
                .run(onSpark(answer::totals));
    }

    /** Their sum has more digits than that of a few payments. */
    @Test
    @Order(2)
    void aHundredOfTheLargestPaymentsAddUp(RunningTotals answer) {
        Script.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .mode("update")
                .batch(Collections.nCopies(101, payment(1, 0, 10, LARGEST)))
                .emits(row(10, 101, new BigDecimal(LARGEST).multiply(BigDecimal.valueOf(101))))
                .run(onSpark(answer::totals));
    }

    /** The oracle: a map, filled in a loop. */
    @Test
    @Order(3)
    void inCompleteModeEveryCustomerHasTheResultOfALoop(RunningTotals answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns("customer INT", "payments BIGINT", "total DECIMAL")
                .mode("complete")
                .batches(3, 100, RandomRows.of(Payment.SCHEMA).notNull())
                .run(onSpark(answer::totals), RunningTotalsCheckpoint::addedUp);
    }

    private static ScriptRow payment(long id, int minute, int customer, String amount) {
        return row(new Payment(id, MORNING.plus(Duration.ofMinutes(minute)), customer, 7, new BigDecimal(amount)));
    }

    private static List<ScriptRow> addedUp(List<ScriptRow> payments) {
        Map<Integer, ScriptRow> totals = new HashMap<>();
        payments.forEach(payment ->
                totals.merge(payment.getInt(2), row(payment.get(2), 1, payment.get(4)), RunningTotalsCheckpoint::sum));
        return List.copyOf(totals.values());
    }

    private static ScriptRow sum(ScriptRow a, ScriptRow b) {
        return row(a.get(0), a.getInt(1) + b.getInt(1), a.getDecimal(2).add(b.getDecimal(2)));
    }

    private static BigDecimal cents(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }
}
