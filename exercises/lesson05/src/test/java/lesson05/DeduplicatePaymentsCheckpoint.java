package lesson05;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.kit.Payment;

@Checkpoint(DeduplicatePayments.class)
class DeduplicatePaymentsCheckpoint {

    /** The most state rows that one id may need, however the answer keeps it. */
    private static final int ROWS_FOR_ONE = 8;

    /** An answer that keeps an id for only ten minutes has deleted it by then. */
    @Test
    @Order(1)
    void aCopyIsDroppedUpToAnHourLater(DeduplicatePayments answer) {
        script().batch(payment(1, "09:00"))
                .batch(payment(2, "09:55"))
                .batch(payment(1, "10:00"))
                .emitsNothing()
                .run(onSpark(answer::once));
    }

    @Test
    @Order(2)
    void anIdIsDeletedOnceNoCopyCanArrive(DeduplicatePayments answer) {
        script().batch(LongStream.rangeClosed(1, 30)
                        .mapToObj(id -> payment(id, "09:00"))
                        .toList())
                .batch(payment(99, "23:00"))
                .stateAtMost(ROWS_FOR_ONE)
                .run(onSpark(answer::once));
    }

    @Test
    @Order(3)
    void aPaymentWithoutAnIdIsEmittedEachTime(DeduplicatePayments answer) {
        script().batch(payment(null, "09:00"))
                .batch(payment(null, "09:00"), payment(null, "09:01"))
                .emits(payment(null, "09:00"), payment(null, "09:01"))
                .run(onSpark(answer::once));
    }

    /** Two payments of each batch arrive twice in it, and three again in the next batch, with a new time. */
    @Test
    @Order(4)
    void theStreamEmitsThePaymentsThatALoopOverThemKeeps(DeduplicatePayments answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script script = script().title(seed.hint());
        List<ScriptRow> before = List.of();
        for (int batch = 0; batch < 4; batch++) {
            List<ScriptRow> payments = randomPayments(random, batch);
            List<ScriptRow> rows = new ArrayList<>(payments);
            rows.addAll(payments.subList(0, 2));
            before.stream().limit(3).forEach(payment -> rows.add(withNewTime(payment, random)));
            script.batch(rows).emits(payments);
            before = payments;
        }
        script.run(onSpark(answer::once));
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns(Schema.of(Payment.SCHEMA).names());
    }

    private static ScriptRow payment(Long id, String time) {
        return row(id, at(time), 10, 7, new BigDecimal("5.00"));
    }

    private static ScriptRow payment(long id, String time) {
        return payment(Long.valueOf(id), time);
    }

    /** Payments within five minutes, which begin four minutes after those of the batch before. */
    private static List<ScriptRow> randomPayments(Random random, int batch) {
        long first = 100 * (batch + 1);
        return LongStream.range(first, first + 8)
                .mapToObj(id -> row(new Payment(
                        id,
                        at("09:00").plusSeconds(240 * batch + random.nextInt(300)),
                        random.nextInt(5),
                        random.nextInt(3),
                        BigDecimal.valueOf(random.nextInt(10_000), 2))))
                .toList();
    }

    private static ScriptRow withNewTime(ScriptRow payment, Random random) {
        Instant time = payment.getInstant(1).plusSeconds(1 + random.nextInt(60));
        return row(payment.get(0), time, payment.get(2), payment.get(3), payment.get(4));
    }
}
