package lesson05;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;

@Checkpoint(SlowestStreamWins.class)
class SlowestStreamWinsCheckpoint {

    private static final String PARTNER = "partner";

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
                .in(PARTNER, line("09:30", "2.00"))
                .batch()
                .in(PARTNER, line("23:59", "1.00"))
                .emits(row("09:00", 7))
                .run(onSpark(answer::revenue));
    }

    @Test
    @Order(2)
    void aPartnersLineCountsUpToAnHourBehindTheNewestOne(SlowestStreamWins answer) {
        script().batch(till("10:15", "1.00"))
                .in(PARTNER, line("10:59:59", "4.00"))
                .batch()
                .in(PARTNER, line("09:59:59", "2.00"))
                .batch(till("23:00", "1.00"))
                .in(PARTNER, line("23:00", "1.00"))
                .emits(row("09:00", 2), row("10:00", 5))
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

    /** Neither hour, from nine or from ten, is final before the last batch. */
    @Test
    @Order(5)
    void theStreamEmitsWhatALoopOverBothStreamsComputes(SlowestStreamWins answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script script = script().title(seed.hint());
        List<ScriptRow> tills =
                Stream.generate(() -> randomPayment(random)).limit(15).toList();
        List<ScriptRow> partner =
                Stream.generate(() -> randomLine(random)).limit(15).toList();
        for (int from = 0; from < 15; from += 5) {
            script.batch(tills.subList(from, from + 5))
                    .in(PARTNER, partner.subList(from, from + 5).toArray());
        }
        script.batch(till("23:00", "1.00"))
                .in(PARTNER, line("23:00", "1.00"))
                .emits(sums(tills, partner))
                .run(onSpark(answer::revenue));
    }

    private static Script script() {
        return Script.of("tills", Payment.SCHEMA)
                .and(PARTNER, SparkRows.schema(SlowestStreamWins.PARTNER))
                .columns("hour", "revenue");
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

    private static ScriptRow randomPayment(Random random) {
        return row(new Payment(100 + random.nextInt(1_000_000), randomTime(random), 10, 7, randomAmount(random)));
    }

    private static ScriptRow randomLine(Random random) {
        return line(randomTime(random), random.nextInt(4) == 0 ? null : randomAmount(random));
    }

    /** A time within ten minutes: no row is late, wherever the batches end. */
    private static Instant randomTime(Random random) {
        return at("09:55").plusSeconds(random.nextInt(600));
    }

    private static BigDecimal randomAmount(Random random) {
        return BigDecimal.valueOf(random.nextInt(10_000), 2);
    }

    private static List<ScriptRow> sums(List<ScriptRow> tills, List<ScriptRow> partner) {
        Map<Instant, BigDecimal> revenue = new TreeMap<>();
        tills.forEach(payment -> add(revenue, payment.getInstant(1), payment.getDecimal(4)));
        partner.forEach(line -> add(revenue, Instant.parse(line.getString(0)), line.getDecimal(2)));
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
