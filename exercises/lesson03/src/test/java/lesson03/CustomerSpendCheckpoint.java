package lesson03;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

@Checkpoint(CustomerSpend.class)
class CustomerSpendCheckpoint {

    private static final String[] COLUMNS = {"id BIGINT", "customer INT", "nth INT", "spent DECIMAL"};

    /** The payment of 9:15 was recorded last. The payments are made at different terminals. */
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
        script().batch(payment(2, "09:00", 1, "1.00"), payment(1, "09:00", 1, "2.00"), payment(3, "09:05", 1, "4.00"))
                .emits(row(1, 1, 1, "2.00"), row(2, 1, 2, "3.00"), row(3, 1, 3, "7.00"))
                .run(new TableJob(answer));
    }

    /** Within a millisecond, and the later payment has the smaller id. */
    @Test
    @Order(3)
    void equalRowsAreDifferentPayments(CustomerSpend answer) {
        ScriptRow twice = payment(1, "09:00", 1, "2.00");
        script().batch(twice, payment(2, "09:05", 1, "4.00"), twice)
                .emits(row(1, 1, 1, "2.00"), row(1, 1, 2, "4.00"), row(2, 1, 3, "8.00"))
                .run(new TableJob(answer));
    }

    @Test
    @Order(4)
    void paymentsWithinASecondAreInTheOrderOfTheirTimes(CustomerSpend answer) {
        script().batch(
                        payment(1, "2026-01-01T09:00:00.000002Z", 1, "1.00"),
                        payment(2, "2026-01-01T09:00:00.000001Z", 1, "2.00"))
                .emits(row(2, 1, 1, "2.00"), row(1, 1, 2, "3.00"))
                .run(new TableJob(answer));
    }

    /** The greatest amount there is, and one cent. */
    @Test
    @Order(5)
    void aSumIsExactAndARefundCounts(CustomerSpend answer) {
        script().batch(
                        payment(1, "09:00", 1, "99999999.99"),
                        payment(2, "09:10", 1, "0.01"),
                        payment(3, "09:20", 1, "0.00"),
                        payment(4, "09:30", 1, "-0.30"))
                .emits(
                        row(1, 1, 1, "99999999.99"),
                        row(2, 1, 2, "100000000.00"),
                        row(3, 1, 3, "100000000.00"),
                        row(4, 1, 4, "99999999.70"))
                .run(new TableJob(answer));
    }

    @Test
    @Order(6)
    void paymentsWithoutACustomerAreLeftOutAndThoseWithoutATerminalCount(CustomerSpend answer) {
        script().batch(
                        payment(1, "09:00", null, "1.00"),
                        payment(2, "09:10", 1, "2.00"),
                        payment(3, "09:20", null, "4.00"),
                        row(4, "09:30", 1, null, new BigDecimal("8.00")))
                .emits(row(2, 1, 1, "2.00"), row(4, 1, 2, "10.00"))
                .run(new TableJob(answer));
    }

    /** The oracle sorts the payments and keeps a running total for each customer. */
    @Test
    @Order(7)
    void randomPaymentsGiveTheSameResultAsALoop(CustomerSpend answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batches(1, 200, RandomRows.of(Payment.SCHEMA).unique("id").notNull("id", "time", "amount"))
                .run(() -> new TableJob(answer), CustomerSpendCheckpoint::runningTotals);
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow payment(long id, String time, Integer customer, String amount) {
        return row(id, time, customer, (int) id, new BigDecimal(amount));
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
