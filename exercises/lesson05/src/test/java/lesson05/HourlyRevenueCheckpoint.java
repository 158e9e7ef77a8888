package lesson05;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

@Checkpoint(HourlyRevenue.class)
class HourlyRevenueCheckpoint {

    private static final String[] COLUMNS = {"hour TIMESTAMP", "terminal", "revenue DECIMAL"};
    private static final ScriptRow FAR_AHEAD = payment(99, "23:00", 1, "1.00");
    /** Later than every day of random rows. */
    private static final ScriptRow YEARS_AHEAD =
            row(new Payment(99, Instant.parse("2030-01-01T00:00:00Z"), 10, 1, BigDecimal.ONE));

    @Test
    @Order(1)
    void paymentsAreSummedByTerminalAndHour(HourlyRevenue answer) {
        script().batch(
                        payment(1, "09:00", 7, "0.10"),
                        payment(2, "09:20", 8, "4.00"),
                        payment(3, "09:59:59", 7, "0.10"),
                        payment(4, "09:59:59", 7, "0.10"))
                .batch(payment(5, "10:00", 7, "2.00"), FAR_AHEAD)
                .emits(row(at("09:00"), 7, amount("0.30")), row(at("09:00"), 8, 4), row(at("10:00"), 7, 2))
                .run(onSpark(answer::revenue));
    }

    @Test
    @Order(2)
    void anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(HourlyRevenue answer) {
        script().batch(payment(1, "09:10", 7, "5.00"))
                .batch(payment(2, "10:29:59", 7, "1.00"))
                .emitsNothing()
                .run(onSpark(answer::revenue));
    }

    @Test
    @Order(3)
    void anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(HourlyRevenue answer) {
        script().batch(payment(1, "09:10", 7, "5.00"))
                .batch(payment(2, "10:30", 7, "1.00"))
                .emits(row(at("09:00"), 7, 5))
                .run(onSpark(answer::revenue));
    }

    /** After the first batch the watermark is at 10:15: the hour from eight is final, the hour from ten is open. */
    @Test
    @Order(4)
    void aLatePaymentCountsForAsLongAsItsHourIsOpen(HourlyRevenue answer) {
        script().batch(payment(1, "08:10", 7, "5.00"), payment(2, "10:45", 7, "1.00"))
                .batch(payment(3, "08:50", 7, "0.01"), payment(4, "10:05", 7, "0.20"), payment(5, "10:12", 7, "0.04"))
                .batch(FAR_AHEAD)
                .emits(row(at("10:00"), 7, amount("1.24")))
                .run(onSpark(answer::revenue));
    }

    /** A revenue may be zero, negative, or larger than any amount, and a terminal or an id unknown. Equal rows count each. */
    @Test
    @Order(5)
    void refundsEqualRowsAndPaymentsWithoutATerminalCount(HourlyRevenue answer) {
        script().batch(
                        payment(1, "09:10", 7, "5.00"),
                        payment(1, "09:10", 7, "5.00"),
                        payment(2, "09:20", 8, "4.00"),
                        row(null, at("09:20"), 11, 8, amount("-4.00")),
                        row(4, at("09:30"), 10, null, amount("-2.50")),
                        payment(5, "09:40", 9, "99999999.99"),
                        payment(6, "09:40", 9, "99999999.99"))
                .batch(FAR_AHEAD)
                .emits(
                        row(at("09:00"), 7, 10),
                        row(at("09:00"), 8, 0),
                        row(at("09:00"), null, amount("-2.50")),
                        row(at("09:00"), 9, amount("199999999.98")))
                .run(onSpark(answer::revenue));
    }

    /** No payment of a batch is thirty minutes behind those of the batch before: none is too late. */
    @Test
    @Order(6)
    void theStreamEmitsWhatALoopOverThePaymentsComputes(HourlyRevenue answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batches(
                        2,
                        150,
                        RandomRows.of(Payment.SCHEMA)
                                .times("22:30", Duration.ofMinutes(50), Duration.ofMinutes(20))
                                .notNull("time", "amount")) // as the task says
                .ending(YEARS_AHEAD)
                .run(onSpark(answer::revenue), HourlyRevenueCheckpoint::sums);
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns(COLUMNS);
    }

    private static ScriptRow payment(long id, String time, int terminal, String amount) {
        return row(new Payment(id, at(time), 10, terminal, amount(amount)));
    }

    private static List<ScriptRow> sums(List<ScriptRow> payments) {
        record HourAndTerminal(Instant hour, Object terminal) {}
        Map<HourAndTerminal, BigDecimal> revenue = new HashMap<>();
        payments.forEach(payment -> revenue.merge(
                new HourAndTerminal(payment.getInstant(1).truncatedTo(ChronoUnit.HOURS), payment.get(3)),
                payment.getDecimal(4),
                BigDecimal::add));
        return revenue.entrySet().stream()
                .map(sum -> row(sum.getKey().hour(), sum.getKey().terminal(), sum.getValue()))
                .toList();
    }

    private static Instant at(String time) {
        return LocalDate.of(2026, 1, 1).atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC);
    }

    private static BigDecimal amount(String amount) {
        return new BigDecimal(amount);
    }
}
