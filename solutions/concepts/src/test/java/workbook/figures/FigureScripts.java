package workbook.figures;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import lesson01.RunningTotals;
import lesson04.MatchChargebacks;
import lesson05.DeduplicatePayments;
import lesson05.HourlyRevenue;
import lesson05.SlowestStreamWins;
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;

/**
 * Scripts for figures that no step of a checkpoint shows completely. Each is run on an answer, as a step is, and has
 * expectations.
 */
final class FigureScripts {

    private static final String CHARGEBACKS = "chargebacks";
    private static final String PARTNER = "partner";

    void hoursOpenAndEnd(HourlyRevenue answer) {
        hours().batch(payment(1, "09:10", "5.00"), payment(2, "09:35", "2.00"))
                .emitsNothing()
                .batch(payment(3, "10:05", "1.00"))
                .emitsNothing()
                .batch(payment(4, "09:50", "4.00"), payment(5, "10:15", "3.00"))
                .emitsNothing()
                .batch(payment(6, "10:40", "8.00"))
                .emits(row(at("09:00"), 7, 11))
                .batch(payment(7, "11:35", "6.00"))
                .emits(row(at("10:00"), 7, 12))
                .run(onSpark(answer::revenue));
    }

    void theSameRowsInThreeModes(HourlyRevenue answer) {
        Stream.of("append", "update", "complete")
                .forEach(mode -> hours().mode(mode)
                        .batch(payment(1, "09:10", "5.00"))
                        .batch(payment(2, "09:50", "2.00"), payment(3, "10:10", "1.00"))
                        .batch(payment(4, "10:35", "8.00"))
                        .batch(payment(5, "09:40", "4.00"))
                        .run(onSpark(answer::revenue)));
    }

    void onePartnerIsBehind(SlowestStreamWins answer) {
        Script.of("tills", Payment.SCHEMA)
                .and(PARTNER, SparkRows.schema(SlowestStreamWins.PARTNER))
                .columns("hour", "revenue")
                .batch(payment(1, "09:10", "5.00"), payment(2, "09:50", "1.00"))
                .noWatermark()
                .batch()
                .in(PARTNER, line("09:30", "2.00"))
                .watermark("08:30")
                .batch(payment(3, "11:20", "3.00"))
                .watermark("08:30")
                .batch()
                .in(PARTNER, line("10:35", "4.00"))
                .watermark("09:35")
                .emitsNothing()
                .batch()
                .in(PARTNER, line("11:00", "9.00"))
                .emits(row(at("09:00"), 8))
                .run(onSpark(answer::revenue));
    }

    void copiesComeAgain(DeduplicatePayments answer) {
        Script.of(Payment.SCHEMA)
                .columns(Schema.of(Payment.SCHEMA).names())
                .batch(payment(1, "09:00", "5.00"))
                .emits(payment(1, "09:00", "5.00"))
                .batch(payment(2, "09:55", "5.00"))
                .emits(payment(2, "09:55", "5.00"))
                .batch(payment(1, "10:00", "5.00"))
                .emitsNothing()
                .batch(payment(3, "11:00", "5.00"))
                .emits(payment(3, "11:00", "5.00"))
                .batch(payment(1, "10:40", "5.00"))
                .emits(payment(1, "10:40", "5.00"))
                .run(onSpark(answer::once));
    }

    void paymentsWaitForChargebacks(MatchChargebacks answer) {
        Script.of("payments", Payment.SCHEMA)
                .and(CHARGEBACKS, SparkRows.schema(MatchChargebacks.CHARGEBACKS))
                .columns("id", "amount", "reason")
                .batch(payment(1, day("01-01"), "5.00"), payment(2, day("01-05"), "7.00"))
                .in(CHARGEBACKS, row(98L, day("01-02"), "lost"))
                .emitsNothing()
                .batch(payment(3, day("02-10"), "9.00"))
                .in(CHARGEBACKS, row(1L, day("01-20"), "stolen"))
                .emits(row(1, 5, "stolen"))
                .batch()
                .in(CHARGEBACKS, row(97L, day("02-02"), "lost"))
                .emitsNothing()
                .batch()
                .in(CHARGEBACKS, row(96L, day("02-09"), "lost"))
                .emits(row(2, 7, null))
                .run(onSpark(answer::matched));
    }

    void stoppedAndInterrupted(RunningTotals answer) {
        Script.of(Payment.SCHEMA)
                .columns("customer", "payments", "total")
                .mode("update")
                .batch(payment(1, "09:00", "5.00"))
                .emits(row(10, 1, 5))
                .restart()
                .batch(payment(2, "09:10", "2.00"))
                .emits(row(10, 2, 7))
                .batch(payment(3, "09:20", "1.00"))
                .sinkFails()
                .emits(row(10, 3, 8), row(10, 3, 8))
                .batch(payment(4, "09:30", "4.00"))
                .emits(row(10, 4, 12))
                .run(onSpark(answer::totals));
    }

    private static Script hours() {
        return Script.of(Payment.SCHEMA).columns("hour", "terminal", "revenue");
    }

    private static ScriptRow payment(long id, String time, String amount) {
        return payment(id, at(time), amount);
    }

    private static ScriptRow payment(long id, Instant time, String amount) {
        return row(new Payment(id, time, 10, 7, new BigDecimal(amount)));
    }

    /** A row of the partner, written two hours later. */
    private static ScriptRow line(String time, String amount) {
        return row(at(time).toString(), at(time).plusSeconds(7_200), new BigDecimal(amount));
    }

    /** Ten o'clock on a day of 2026. */
    private static Instant day(String day) {
        return LocalDateTime.parse("2026-" + day + "T10:00").toInstant(ZoneOffset.UTC);
    }
}
