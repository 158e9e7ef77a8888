package lesson05;

import static workbook.check.Script.at;
import static workbook.check.Script.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.Checkpoint;
import workbook.check.Script;
import workbook.check.Seed;
import workbook.check.SharedSpark;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

@Checkpoint(SlowestStreamWins.class)
class SlowestStreamWinsCheckpoint {

    private static final String PARTNER = "partner";

    /** Other checkpoints use this session as well. */
    @AfterEach
    void forgetThePolicy() {
        SharedSpark.session().conf().unset("spark.sql.streaming.multipleWatermarkPolicy");
    }

    @Test
    @Order(1)
    void nothingIsLostHoweverFarThePartnerIsBehind(SlowestStreamWins answer) {
        story().batch(till("09:10", "5.00"), till("23:00", "1.00"))
                .batch().in(PARTNER, line("09:30", "2.00"))
                .batch().in(PARTNER, line("23:59", "1.00"))
                .emits(row("09:00", 7))
                .play(answer::revenue);
    }

    @Test
    @Order(2)
    void thePartnersLinesMayLagAnHourBehindTheirNewest(SlowestStreamWins answer) {
        story().batch(till("10:15", "1.00")).in(PARTNER, line("10:59:59", "4.00"))
                .batch().in(PARTNER, line("09:59:59", "2.00"))
                .batch(till("23:00", "1.00")).in(PARTNER, line("23:00", "1.00"))
                .emits(row("09:00", 2), row("10:00", 5))
                .play(answer::revenue);
    }

    /** The tills have come to 10:10, the partner, who has sold nothing, to 11:00: for both, ten o'clock is reached. */
    @Test
    @Order(3)
    void anHourIsPutOutAsSoonAsBothHaveReachedItsEnd(SlowestStreamWins answer) {
        story().batch(till("09:10", "5.00"), till("10:10", "1.00"))
                .batch().in(PARTNER, line("08:30", null), line("11:00", null))
                .emits(row("09:00", 5))
                .play(answer::revenue);
    }

    @Test
    @Order(4)
    void aLineWithoutATimeCountsInTheHourInWhichItWasWritten(SlowestStreamWins answer) {
        Row withoutATime = row(null, at("09:30"), new BigDecimal("2.00"));
        story().batch(till("23:00", "1.00")).in(PARTNER, withoutATime, line("23:00", "1.00"))
                .emits(row("09:00", 2))
                .play(answer::revenue);
    }

    /** Of the hours from nine and from ten, neither is over before the last batch. */
    @Test
    @Order(5)
    void inTheEndTheHoursSayWhatALoopOverBothWouldSay(SlowestStreamWins answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script story = story().title(seed.told());
        List<Row> tills = Stream.generate(() -> randomPayment(random)).limit(15).toList();
        List<Row> partner = Stream.generate(() -> randomLine(random)).limit(15).toList();
        for (int from = 0; from < 15; from += 5) {
            story.batch(tills.subList(from, from + 5)).in(PARTNER, partner.subList(from, from + 5).toArray());
        }
        story.batch(till("23:00", "1.00")).in(PARTNER, line("23:00", "1.00"))
                .emits(addedUp(tills, partner))
                .play(answer::revenue);
    }

    private static Script story() {
        return Script.of("tills", Payment.SCHEMA).and(PARTNER, SlowestStreamWins.PARTNER).columns("hour", "revenue");
    }

    private static Row till(String time, String amount) {
        return PaymentRow.of(new Payment(1, at(time), 10, 7, new BigDecimal(amount)));
    }

    /** Written two hours later. */
    private static Row line(String time, String amount) {
        return line(at(time), amount == null ? null : new BigDecimal(amount));
    }

    private static Row line(Instant time, BigDecimal amount) {
        return row(time.toString(), time.plusSeconds(7_200), amount);
    }

    private static Row randomPayment(Random random) {
        return PaymentRow.of(new Payment(100 + random.nextInt(1_000_000), randomTime(random), 10, 7, randomAmount(random)));
    }

    private static Row randomLine(Random random) {
        return line(randomTime(random), random.nextInt(4) == 0 ? null : randomAmount(random));
    }

    /** Within ten minutes: nothing is late, wherever the batches end. */
    private static Instant randomTime(Random random) {
        return at("09:55").plusSeconds(random.nextInt(600));
    }

    private static BigDecimal randomAmount(Random random) {
        return BigDecimal.valueOf(random.nextInt(10_000), 2);
    }

    private static List<Row> addedUp(List<Row> tills, List<Row> partner) {
        Map<Instant, BigDecimal> revenue = new TreeMap<>();
        tills.forEach(payment -> add(revenue, payment.getInstant(1), payment.getDecimal(4)));
        partner.forEach(line -> add(revenue, Instant.parse(line.getString(0)), line.getDecimal(2)));
        return revenue.entrySet().stream().map(hour -> row(hour.getKey(), hour.getValue())).toList();
    }

    private static void add(Map<Instant, BigDecimal> revenue, Instant time, BigDecimal amount) {
        if (amount != null) {
            revenue.merge(time.truncatedTo(ChronoUnit.HOURS), amount, BigDecimal::add);
        }
    }
}
