package lesson01;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(LargePayments.class)
class LargePaymentsCheckpoint {

    private static final String[] COLUMNS = {"id BIGINT", "customer INT", "amount DECIMAL(10,2)"};
    private static final BigDecimal LIMIT = new BigDecimal("100.00");
    private static final Instant MORNING = Instant.parse("2026-01-01T09:00:00Z");

    @Test
    @Order(1)
    void paymentsOf100OrMoreAreEmitted(LargePayments answer) {
        Script.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batch(payment(1, 10, "100.00"), payment(2, 11, "99.99"), payment(3, 10, "100.01"))
                .emits(row(1, 10, LIMIT), row(3, 10, new BigDecimal("100.01")))
                .batch(payment(4, 12, "20.00"), payment(5, 11, "1000.00"), payment(6, 12, "-150.00"))
                .emits(row(5, 11, 1000))
                .batch(payment(7, 11, "30000000.00"))
                .emits(row(7, 11, 30_000_000))
                .run(onSpark(answer::large));
    }

    @Test
    @Order(2)
    void paymentsOfUnknownAmountAreEmittedUnchanged(LargePayments answer) {
        Script.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batch(payment(1, 10, null), payment(2, 11, "5.00"), row(3, MORNING, null, 7, "150.00"))
                .emits(row(1, 10, null), row(3, null, 150))
                .run(onSpark(answer::large));
    }

    @Test
    @Order(3)
    void eachBatchEmitsItsOwnPaymentsBeforeAndAfterARestart(LargePayments answer) {
        Script.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batch(payment(1, 10, "200.00"), payment(2, 11, "200.00"), payment(3, 12, "200.00"))
                .emits(row(1, 10, 200), row(2, 11, 200), row(3, 12, 200))
                .restart()
                .batch(payment(4, 10, "200.00"), payment(3, 12, "200.00"), payment(5, 13, "200.00"))
                .emits(row(4, 10, 200), row(3, 12, 200), row(5, 13, 200))
                .state(0)
                .run(onSpark(answer::large));
    }

    /** The oracle: an if in a loop. */
    @Test
    @Order(4)
    void theResultIsThatOfALoopOverRandomPayments(LargePayments answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batches(3, 100, RandomRows.of(Payment.SCHEMA).near("amount", LIMIT))
                .run(onSpark(answer::large), LargePaymentsCheckpoint::picked);
    }

    private static ScriptRow payment(long id, int customer, String amount) {
        return row(id, MORNING, customer, 7, amount == null ? null : new BigDecimal(amount));
    }

    private static List<ScriptRow> picked(List<ScriptRow> payments) {
        return payments.stream()
                .filter(payment -> payment.isNullAt(4) || payment.getDecimal(4).compareTo(LIMIT) >= 0)
                .map(payment -> row(payment.get(0), payment.get(2), payment.get(4)))
                .toList();
    }
}
