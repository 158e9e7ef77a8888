package lesson03;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

@Checkpoint(CustomerSpend.class)
class CustomerSpendCheckpoint {

    /** The payment of 9:15 was recorded last. */
    @Test
    @Order(1)
    void paymentsOfACustomerAreNumberedAndAddedUpInTheOrderOfTheirTimes(CustomerSpend answer) {
        script().batch(
                        payment(3, "10:00", 1, "4.00"),
                        payment(1, "09:00", 1, "0.10"),
                        payment(2, "09:30", 2, "8.00"),
                        payment(4, "09:15", 1, "0.20"))
                .emits(row(1, 1, 1, "0.10"), row(4, 1, 2, "0.30"), row(3, 1, 3, "4.30"), row(2, 2, 1, "8.00"))
                .run(new TableJob(answer));
    }

    @Test
    @Order(2)
    void paymentsOfTheSameTimeAreInTheOrderOfTheirIds(CustomerSpend answer) {
        script().batch(payment(2, "09:00", 1, "2.00"), payment(1, "09:00", 1, "1.00"), payment(3, "09:05", 1, "4.00"))
                .emits(row(1, 1, 1, "1.00"), row(2, 1, 2, "3.00"), row(3, 1, 3, "7.00"))
                .run(new TableJob(answer));
    }

    @Test
    @Order(3)
    void paymentsWithoutACustomerAreLeftOut(CustomerSpend answer) {
        script().batch(
                        payment(1, "09:00", null, "1.00"),
                        payment(2, "09:10", 1, "2.00"),
                        payment(3, "09:20", null, "4.00"))
                .emits(row(2, 1, 1, "2.00"))
                .run(new TableJob(answer));
    }

    /** The oracle sorts the payments and keeps a running total for each customer. */
    @Test
    @Order(4)
    void randomPaymentsGiveTheSameResultAsALoop(CustomerSpend answer) {
        Seed seed = Seed.next();
        List<ScriptRow> payments = randomPayments(seed.random());
        script().title(seed.hint())
                .batch(payments)
                .emits(runningTotals(payments))
                .run(new TableJob(answer));
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns("id", "customer", "nth", "spent");
    }

    private static ScriptRow payment(long id, String time, Integer customer, String amount) {
        return row(id, at(time), customer, 7, new BigDecimal(amount));
    }

    /** Few customers and few times, so that many are equal; customer 3 is replaced with null. */
    private static List<ScriptRow> randomPayments(Random random) {
        List<ScriptRow> payments = new ArrayList<>(IntStream.range(100, 112)
                .mapToObj(id -> {
                    int customer = 1 + random.nextInt(3);
                    return row(
                            (long) id,
                            at("09:00").plusSeconds(60L * random.nextInt(6)),
                            customer == 3 ? null : customer,
                            7,
                            BigDecimal.valueOf(1 + random.nextInt(10_000), 2));
                })
                .toList());
        Collections.shuffle(payments, random);
        return payments;
    }

    private static List<ScriptRow> runningTotals(List<ScriptRow> payments) {
        Map<Integer, Integer> nth = new HashMap<>();
        Map<Integer, BigDecimal> spent = new HashMap<>();
        return payments.stream()
                .filter(payment -> !payment.isNullAt(2))
                .sorted(Comparator.comparing((ScriptRow payment) -> payment.getInstant(1))
                        .thenComparing(payment -> payment.getLong(0)))
                .map(payment -> {
                    int customer = payment.getInt(2);
                    return row(
                            payment.getLong(0),
                            customer,
                            nth.merge(customer, 1, Integer::sum),
                            spent.merge(customer, payment.getDecimal(4), BigDecimal::add));
                })
                .toList();
    }

    /** Runs the answer on all rows of the batch as a table. */
    private static final class TableJob implements Job {

        private final CustomerSpend answer;
        private List<ScriptRow> payments;
        private List<ScriptRow> output;

        TableJob(CustomerSpend answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments = rows;
        }

        @Override
        public void run() {
            Dataset<Row> table = SharedSpark.session().createDataFrame(SparkRows.toSpark(payments), PaymentRow.SCHEMA);
            output = SparkRows.fromSpark(answer.spend(table).collectAsList());
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
