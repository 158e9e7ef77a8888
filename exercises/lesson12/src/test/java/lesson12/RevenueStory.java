package lesson12;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.kit.Payment;

/**
 * The steps of one task, for an answer on any engine: the revenue of each terminal in each hour, emitted once, thirty
 * minutes after its end. The steps are those of {@code lesson05.HourlyRevenue}. Each checkpoint names them itself, because
 * the name of a step is what the learner reads.
 */
final class RevenueStory {

    /** The columns of the answer's output, for engines that do not know them. */
    static final String OUTPUT = "hour TIMESTAMP, terminal INT, revenue DECIMAL(38,2)";

    private static final String[] COLUMNS = {"hour", "terminal", "revenue"};
    private static final ScriptRow FAR_AHEAD = payment(99, "23:00", 12, 1, "1.00");
    /** Later than every day of random rows. */
    private static final ScriptRow YEARS_AHEAD = row(99L, Instant.parse("2030-01-01T00:00:00Z"), 10, 1, BigDecimal.ONE);

    private RevenueStory() {}

    static void paymentsAreSummedByTerminalAndHour(RunnableAnswer answer) {
        script().batch(
                        payment(1, "09:00", 10, 7, "0.10"),
                        payment(2, "09:20", 11, 8, "4.00"),
                        payment(3, "09:59:59", 11, 7, "0.10"),
                        payment(4, "09:59:59.999", 12, 7, "0.10"))
                .batch(payment(5, "10:00", 10, 7, "2.00"), FAR_AHEAD)
                .emits(row("09:00", 7, "0.30"), row("09:00", 8, 4), row("10:00", 7, 2))
                .run(answer);
    }

    static void anHourIsNotEmittedBeforeItsThirtyMinutesAreOver(RunnableAnswer answer) {
        script().batch(payment(1, "09:10", 10, 7, "5.00"))
                .batch(payment(2, "10:29:59.999", 11, 7, "1.00"))
                .emitsNothing()
                .run(answer);
    }

    static void anHourIsEmittedAsSoonAsItsThirtyMinutesAreOver(RunnableAnswer answer) {
        script().batch(payment(1, "09:10", 10, 7, "5.00"))
                .batch(payment(2, "10:30", 11, 7, "1.00"))
                .emits(row("09:00", 7, 5))
                .run(answer);
    }

    /** Both late payments are more than thirty minutes older than the newest one, and their hour is open. */
    static void aLatePaymentCountsForAsLongAsItsHourIsOpen(RunnableAnswer answer) {
        script().batch(payment(1, "10:45", 10, 7, "1.50"))
                .batch(payment(2, "10:05", 11, 7, "0.20"), payment(3, "10:12", 12, 7, "0.04"))
                .batch(FAR_AHEAD)
                .emits(row("10:00", 7, "1.74"))
                .run(answer);
    }

    /** The newest payment is fifteen minutes beyond the moment at which the hour from nine is final. */
    static void aPaymentOfAFinalHourIsLeftOut(RunnableAnswer answer) {
        script().batch(payment(1, "09:10", 10, 7, "5.00"), payment(2, "10:45", 10, 7, "1.00"))
                .batch(payment(3, "09:50", 11, 7, "0.20"))
                .emitsNothing()
                .batch(payment(4, "11:05", 12, 8, "2.00")) // a timer in the past fires at the latest now
                .emitsNothing()
                .run(answer);
    }

    /** For engines whose driver can start an answer again from what it has stored. */
    static void aRestartKeepsTheSumsOfOpenHours(RunnableAnswer answer) {
        script().batch(payment(1, "09:10", 10, 7, "5.00"), payment(2, "10:10", 10, 7, "1.00"))
                .restart()
                .batch(payment(3, "09:50", 11, 7, "0.20"), payment(4, "10:30", 11, 8, "4.00"))
                .emits(row("09:00", 7, "5.20"))
                .run(answer);
    }

    /** A revenue may be zero, negative, or larger than any amount, and all but time and amount unknown. */
    static void refundsEqualRowsAndPaymentsWithoutATerminalCount(RunnableAnswer answer) {
        script().batch(
                        payment(1, "09:10", 10, 7, "5.00"),
                        payment(1, "09:10", 10, 7, "5.00"),
                        payment(2, "09:20", 11, 8, "4.00"),
                        row(null, "09:20", null, 8, "-4.00"),
                        row(4, "09:30", 10, null, "-2.50"),
                        payment(5, "09:40", 11, 9, "99999999.99"),
                        payment(6, "09:40", 12, 9, "99999999.99"))
                .batch(FAR_AHEAD)
                .emits(
                        row("09:00", 7, 10),
                        row("09:00", 8, 0),
                        row("09:00", null, "-2.50"),
                        row("09:00", 9, "199999999.98"))
                .run(answer);
    }

    /** No payment is thirty minutes behind an earlier one, so none is too late. */
    static void theStreamEmitsWhatALoopOverThePaymentsComputes(RunnableAnswer answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns(COLUMNS)
                .batches(
                        5,
                        60,
                        RandomRows.of(Payment.SCHEMA)
                                .times("22:35", Duration.ofMinutes(30), Duration.ofMinutes(20))
                                .notNull("time", "amount")) // as the task says
                .ending(YEARS_AHEAD)
                .run(answer, RevenueStory::sums);
    }

    static Script script() {
        return Script.of(Payment.SCHEMA).columns(COLUMNS);
    }

    static ScriptRow payment(long id, String time, int customer, int terminal, String amount) {
        return row(id, time, customer, terminal, amount);
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
}
