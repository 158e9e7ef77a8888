package lesson01;

import static workbook.check.Script.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.Checkpoint;
import workbook.check.Script;
import workbook.check.Seed;
import workbook.kit.Payment;

@Checkpoint(RunningTotals.class)
class RunningTotalsCheckpoint {

    private static final Instant MORNING = Instant.parse("2026-01-01T09:00:00Z");

    @Test
    @Order(1)
    void inUpdateModeEachBatchPutsOutTheCustomersThatPaid(RunningTotals answer) {
        story().mode("update")
                .batch(payment(1, 0, 10, "0.10"), payment(2, 5, 11, "7.50"))
                .emits(row(10, 1, cents(10)), row(11, 1, cents(750)))
                .batch(payment(3, 10, 10, "0.20"))
                .emits(row(10, 2, cents(30)))
                .batch(payment(4, 95, 11, "2.50"), payment(5, 100, 12, "4.00"), payment(6, 110, 11, "2.50"))
                .emits(row(11, 3, cents(1250)), row(12, 1, cents(400)))
                .play(answer::totals);
    }

    @Test
    @Order(2)
    void inCompleteModeEachBatchPutsOutEveryCustomer(RunningTotals answer) {
        story().mode("complete")
                .batch(payment(1, 0, 10, "5.00"))
                .emits(row(10, 1, cents(500)))
                .batch(payment(2, 5, 11, "7.00"))
                .emits(row(10, 1, cents(500)), row(11, 1, cents(700)))
                .play(answer::totals);
    }

    /** The oracle: a map, filled in a loop. Batch by batch, the stream must say what the map says. */
    @Test
    @Order(3)
    void theStreamSaysWhatALoopOverThePaymentsWouldSay(RunningTotals answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Map<Integer, Row> totals = new TreeMap<>();
        Script story = story().mode("complete").title("random payments; " + seed + " repeats them");
        for (int batch = 0; batch < 3; batch++) {
            List<Row> payments = randomPayments(random, batch);
            payments.forEach(payment -> totals.merge(payment.getInt(2), row(payment.get(2), 1, payment.get(4)),
                    RunningTotalsCheckpoint::sum));
            story.batch(payments).emits(List.copyOf(totals.values()));
        }
        story.play(answer::totals);
    }

    private static Script story() {
        return Script.of(Payment.SCHEMA).columns("customer", "payments", "total");
    }

    private static Row payment(long id, int minute, int customer, String amount) {
        return new Payment(id, MORNING.plus(Duration.ofMinutes(minute)), customer, 7, new BigDecimal(amount)).toRow();
    }

    private static List<Row> randomPayments(Random random, int batch) {
        List<Row> payments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            payments.add(new Payment(100L * batch + i, MORNING.plusSeconds(random.nextInt(86_400)),
                    random.nextInt(8), random.nextInt(3), cents(random.nextInt(10_000))).toRow());
        }
        return payments;
    }

    private static Row sum(Row a, Row b) {
        return row(a.get(0), a.getInt(1) + b.getInt(1), a.getDecimal(2).add(b.getDecimal(2)));
    }

    private static BigDecimal cents(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }
}
