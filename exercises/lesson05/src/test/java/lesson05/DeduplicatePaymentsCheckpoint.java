package lesson05;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

@Checkpoint(DeduplicatePayments.class)
class DeduplicatePaymentsCheckpoint {

    private static final List<String> COLUMNS = List.of(Payment.SCHEMA.split(", "));
    /** The most state rows that one id may need, however the answer keeps it. */
    private static final int ROWS_FOR_ONE = 8;

    /**
     * Before the copy a payment has been read that is almost ten minutes newer. The copy has other values in all columns but
     * the id. The payments 0 and -1 are as late, and no copies; -1 is a refund.
     */
    @Test
    @Order(1)
    void aCopyIsDroppedUpToAnHourLater(DeduplicatePayments answer) {
        ScriptRow refund = row(-1, at("10:00"), 10, 7, new BigDecimal("-5.00"));
        script().batch(payment(1, "09:00"))
                .batch(payment(2, "10:09:59.999"))
                .batch(row(1, at("10:00"), 11, null, null), payment(0, "10:00"), refund)
                .emits(payment(0, "10:00"), refund)
                .run(onSpark(answer::once));
    }

    @Test
    @Order(2)
    void anIdIsDeletedOnceAPaymentThreeHoursNewerHasBeenRead(DeduplicatePayments answer) {
        List<ScriptRow> payments = new ArrayList<>(Collections.nCopies(10, payment(null, "09:00")));
        LongStream.rangeClosed(1, 30).forEach(id -> payments.add(payment(id, "09:00")));
        List<ScriptRow> copies = LongStream.rangeClosed(1, 30)
                .mapToObj(id -> payment(id, "10:00"))
                .toList();
        script().batch(payments)
                .batch(copies)
                .emitsNothing()
                .batch(payment(99, "12:00"))
                .stateAtMost(ROWS_FOR_ONE)
                .run(onSpark(answer::once));
    }

    @Test
    @Order(3)
    void aPaymentWithoutAnIdIsEmittedEachTime(DeduplicatePayments answer) {
        script().batch(payment(null, "09:00"))
                .batch(payment(null, "09:00"), payment(null, "09:00"), payment(null, "09:01"))
                .emits(payment(null, "09:00"), payment(null, "09:00"), payment(null, "09:01"))
                .run(onSpark(answer::once));
    }

    /**
     * The oracle: a set of the ids seen. The batches begin a thousand seconds apart and are ten minutes long: no row is
     * further behind, and all copies are within an hour.
     */
    @Test
    @Order(4)
    void theStreamEmitsThePaymentsThatALoopOverThemKeeps(DeduplicatePayments answer) {
        RandomRows payments = RandomRows.of(Payment.SCHEMA)
                .times("23:20", Duration.ofMinutes(10), Duration.ofSeconds(1_000))
                .notNull("time"); // as the task says
        RandomScript.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batches(random -> batches(payments, random))
                .run(onSpark(answer::once), DeduplicatePaymentsCheckpoint::firstOfEachId);
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow payment(Long id, String time) {
        return row(id, at(time), 10, 7, new BigDecimal("5.00"));
    }

    private static ScriptRow payment(long id, String time) {
        return payment(Long.valueOf(id), time);
    }

    private static List<List<ScriptRow>> batches(RandomRows payments, Random random) {
        return payments.batches(random, 4, 100).stream()
                .map(DeduplicatePaymentsCheckpoint::withEqualCopies)
                .toList();
    }

    /** Makes the copies in one batch equal: the task leaves open which of them is emitted. */
    private static List<ScriptRow> withEqualCopies(List<ScriptRow> batch) {
        Map<Object, ScriptRow> first = new HashMap<>();
        return batch.stream()
                .map(payment -> payment.isNullAt(0) ? payment : first.computeIfAbsent(payment.get(0), id -> payment))
                .toList();
    }

    private static List<ScriptRow> firstOfEachId(List<ScriptRow> payments) {
        Set<Object> seen = new HashSet<>();
        return payments.stream()
                .filter(payment -> payment.isNullAt(0) || seen.add(payment.get(0)))
                .toList();
    }
}
