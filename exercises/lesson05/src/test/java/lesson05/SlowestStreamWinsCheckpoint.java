package lesson05;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;

@Checkpoint(SlowestStreamWins.class)
class SlowestStreamWinsCheckpoint {

    private static final String PARTNER = "partner";
    /** Clocks change in Europe on this day at one o'clock, UTC. */
    private static final String DAY = "2026-03-29";

    /** Other checkpoints use the same session. */
    @AfterEach
    void unsetThePolicy() {
        SharedSpark.session().conf().unset("spark.sql.streaming.multipleWatermarkPolicy");
    }

    @Test
    @Order(1)
    void noPaymentIsLostHoweverFarThePartnerIsBehind(SlowestStreamWins answer) {
        script().batch(till("09:10", "5.00"), till("23:00", "1.00"))
                .batch()
                .in(PARTNER, line("09:40", null))
                .emitsNothing()
                .batch()
                .in(PARTNER, line("09:30", "2.00"))
                .batch()
                .in(PARTNER, line("23:59", "1.00"))
                .emits(row("09:00", 7))
                .run(onSpark(answer::revenue));
    }

    /** First the partner's line comes an hour behind the newest one, then a payment ten minutes behind. */
    @Test
    @Order(2)
    void aPartnersLineCountsUpToAnHourBehindTheNewestOne(SlowestStreamWins answer) {
        script().batch(till("10:15", "1.00"))
                .in(PARTNER, line("10:59:59", "4.00"))
                .batch(till("13:09:59", "1.00"))
                .in(PARTNER, line("09:59:59", "2.00"), line("14:30", null))
                .emits(row("09:00", 2), row("10:00", 5))
                .batch(till("12:59:59", "3.00"), till("23:00", "1.00"))
                .in(PARTNER, line("23:00", "1.00"))
                .emits(row("12:00", 3), row("13:00", 1))
                .run(onSpark(answer::revenue));
    }

    /** The tills are at 10:10, the partner, without a sale, at 11:00: both watermarks have reached ten o'clock. */
    @Test
    @Order(3)
    void anHourIsEmittedAsSoonAsBothStreamsHaveReachedItsEnd(SlowestStreamWins answer) {
        script().batch(till("09:10", "5.00"), till("10:10", "1.00"))
                .batch()
                .in(PARTNER, line("08:30", null), line("11:00", null))
                .emits(row("09:00", 5))
                .run(onSpark(answer::revenue));
    }

    @Test
    @Order(4)
    void aLineWithoutATimeCountsInTheHourInWhichItWasWritten(SlowestStreamWins answer) {
        ScriptRow withoutATime = row(null, at("09:30"), new BigDecimal("2.00"));
        script().batch(till("23:00", "1.00"))
                .in(PARTNER, withoutATime, line("23:00", "1.00"))
                .emits(row("09:00", 2))
                .run(onSpark(answer::revenue));
    }

    /**
     * Refunds cancel the payments of the hour from nine, and exceed that of the hour from ten. From twelve, equal rows of both
     * streams count each, a payment is known only by its amount, and the sum exceeds the largest amount.
     */
    @Test
    @Order(5)
    void anHourWithPaymentsIsEmittedWhateverTheirSum(SlowestStreamWins answer) {
        script().batch(
                        till("09:10", "5.00"),
                        till("10:10", "1.00"),
                        till("11:10", "0.00"),
                        till("12:10", "99999999.99"),
                        till("12:10", "99999999.99"),
                        row(null, at("12:20"), null, null, new BigDecimal("1.00")),
                        till("23:00", "1.00"))
                .in(
                        PARTNER,
                        line("09:30", "-5.00"),
                        line("10:30", "-4.00"),
                        line("12:30", "1.00"),
                        line("12:30", "1.00"),
                        line("23:00", null))
                .emits(row("09:00", 0), row("10:00", -3), row("11:00", 0), row("12:00", "200000002.98"))
                .run(onSpark(answer::revenue));
    }

    /** Ten minutes around one o'clock: no row is late, wherever the batches end, and neither hour is final before them. */
    @Test
    @Order(6)
    void theStreamEmitsWhatALoopOverBothStreamsComputes(SlowestStreamWins answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<List<ScriptRow>> tills =
                around(RandomRows.of(Payment.SCHEMA).notNull("time")).batches(random, 2, 80);
        List<List<ScriptRow>> partner = around(RandomRows.of("time TIMESTAMP, written TIMESTAMP, amount DECIMAL(10,2)")
                        .notNull("written")
                        .tick(Duration.ofSeconds(1))) // as the task says
                .batches(random, 2, 50)
                .stream()
                .map(batch ->
                        batch.stream().map(SlowestStreamWinsCheckpoint::asLine).toList())
                .toList();
        Script script = script().on(DAY).title(seed.hint());
        for (int batch = 0; batch < 2; batch++) {
            script.batch(tills.get(batch)).in(PARTNER, partner.get(batch).toArray());
        }
        script.batch(row(1, "23:00", 10, 7, 1))
                .in(PARTNER, row(DAY + "T23:00:00Z", "23:00", 1))
                .emits(sums(tills, partner))
                .run(onSpark(answer::revenue));
    }

    private static RandomRows around(RandomRows rows) {
        return rows.on(LocalDate.parse(DAY)).times("00:55", Duration.ofMinutes(10));
    }

    /** A partner's line, whose time is a text. */
    private static ScriptRow asLine(ScriptRow row) {
        return row(row.isNullAt(0) ? null : row.getInstant(0).toString(), row.get(1), row.get(2));
    }

    private static Script script() {
        return Script.of("tills", Payment.SCHEMA)
                .and(PARTNER, SparkRows.schema(SlowestStreamWins.PARTNER))
                .columns("hour TIMESTAMP", "revenue DECIMAL");
    }

    private static ScriptRow till(String time, String amount) {
        return row(new Payment(1, at(time), 10, 7, new BigDecimal(amount)));
    }

    /** A line written two hours after its time. */
    private static ScriptRow line(String time, String amount) {
        return line(at(time), amount == null ? null : new BigDecimal(amount));
    }

    private static ScriptRow line(Instant time, BigDecimal amount) {
        return row(time.toString(), time.plusSeconds(7_200), amount);
    }

    /** The oracle: a loop over both streams. */
    private static List<ScriptRow> sums(List<List<ScriptRow>> tills, List<List<ScriptRow>> partner) {
        Map<Instant, BigDecimal> revenue = new TreeMap<>();
        tills.forEach(batch -> batch.forEach(payment -> add(revenue, payment.getInstant(1), payment.getDecimal(4))));
        partner.forEach(batch -> batch.forEach(line -> add(
                revenue,
                line.isNullAt(0) ? line.getInstant(1) : Instant.parse(line.getString(0)),
                line.getDecimal(2))));
        return revenue.entrySet().stream()
                .map(hour -> row(hour.getKey(), hour.getValue()))
                .toList();
    }

    private static void add(Map<Instant, BigDecimal> revenue, Instant time, BigDecimal amount) {
        if (amount != null) {
            revenue.merge(time.truncatedTo(ChronoUnit.HOURS), amount, BigDecimal::add);
        }
    }
}
