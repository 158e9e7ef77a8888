package lesson04;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;

@Checkpoint(CardProfile.class)
class CardProfileCheckpoint {

    private static final List<String> COLUMNS = SparkRows.schema(CardProfile.PROFILE).fields().stream()
            .map(field -> field.name() + " " + field.type().sql())
            .toList();
    private static final int[] DAYS = {1, 7, 30};
    /** The limit for one hour of one card, however an answer keeps it. */
    private static final int ROWS_FOR_ONE_HOUR = 8;

    @Test
    @Order(1)
    void aWindowConsistsOfWholeHoursAndEndsWithThePaymentsOwnHour(CardProfile answer) {
        script().batch(
                        payment(1, "01-01 10:30", 7, "10"),
                        payment(2, "01-02 09:59", 7, "20"),
                        payment(3, "01-02 10:00", 7, "30"),
                        payment(4, "01-02 10:30", 8, "7"),
                        payment(5, "01-08 09:59", 7, "40"),
                        payment(6, "01-08 10:00", 7, "50"),
                        payment(7, "01-31 09:59", 7, "60"),
                        payment(8, "01-31 10:00", 7, "70"))
                .emits(
                        row(1, 7, 1, 10, 1, 10, 1, 10),
                        row(2, 7, 2, 15, 2, 15, 2, 15),
                        row(3, 7, 2, 25, 3, 20, 3, 20),
                        row(4, 8, 1, 7, 1, 7, 1, 7),
                        row(5, 7, 1, 40, 4, 25, 4, 25),
                        row(6, 7, 2, 45, 4, 35, 5, 30),
                        row(7, 7, 1, 60, 1, 60, 6, 35),
                        row(8, 7, 2, 65, 2, 65, 6, 45))
                .run(onSpark(answer::profiles));
    }

    @Test
    @Order(2)
    void paymentsOfABatchCountInTheOrderOfTheirTimes(CardProfile answer) {
        script().batch(
                        payment(4, "01-01 10:20", 7, "2.01"),
                        payment(2, "01-01 10:00", 7, "1.00"),
                        payment(5, "01-01 11:00", 7, "9.00"),
                        payment(3, "01-01 10:20", 7, "5.00"))
                .emits(profile(2, 1, "1.00"), profile(3, 2, "3.00"), profile(4, 3, "2.67"), profile(5, 4, "4.25"))
                .run(onSpark(answer::profiles));
    }

    /**
     * A millisecond apart, and the earlier payments have the greater ids. 5 and 6 are as large as an amount can be. Of
     * customer 8, the mean of all is 1.00495…, which is not 1.005 first and then 1.01.
     */
    @Test
    @Order(3)
    void aMeanIsExactAndRoundedHalfUp(CardProfile answer) {
        List<ScriptRow> many = payments(101, id -> payment(id, "01-01 10:30", 8, id % 2 == 0 ? "1.01" : "1.00"));
        script().batch(
                        payment(1, "01-01 10:00:00.004", 7, "-4.03"),
                        payment(2, "01-01 10:00:00.003", 7, "0.00"),
                        payment(3, "01-01 10:00:00.002", 7, "1.01"),
                        payment(4, "01-01 10:00:00.001", 7, "1.00"),
                        payment(5, "01-01 10:00:01", 7, "99999999.99"),
                        payment(6, "01-01 10:00:02", 7, "99999999.99"))
                .emits(
                        profile(4, 1, "1.00"),
                        profile(3, 2, "1.01"),
                        profile(2, 3, "0.67"),
                        profile(1, 4, "-0.51"),
                        profile(5, 5, "19999999.59"),
                        profile(6, 6, "33333332.99"))
                .batch(many)
                .emits(new Loop().profiles(many))
                .run(onSpark(answer::profiles));
    }

    /** Payment 3 is late. It counts for payment 4, whose last day starts at 9:00, but not for payment 5. */
    @Test
    @Order(4)
    void aLatePaymentCountsInItsOwnHour(CardProfile answer) {
        script().batch(payment(1, "01-01 08:30", 7, "1"), payment(2, "01-02 08:00", 7, "2"))
                .batch(payment(3, "01-01 09:30", 7, "4"))
                .emits(profile(3, 2, "2.50"))
                .batch(payment(4, "01-02 08:30", 7, "8"), payment(5, "01-02 09:00", 7, "16"))
                .emits(row(4, 7, 3, "4.67", 4, "3.75", 4, "3.75"), row(5, 7, 3, "8.67", 5, "6.20", 5, "6.20"))
                .run(onSpark(answer::profiles));
    }

    /** The thirty days of payment 3, which is late, start with the hour of payment 1, the oldest that can still count. */
    @Test
    @Order(5)
    void aLatePaymentStillHasItsFullThirtyDays(CardProfile answer) {
        script().batch(payment(1, "01-01 10:30", 7, "10"), payment(4, "01-01 12:30", 7, "80"))
                .batch(payment(2, "02-01 09:10", 7, "20"))
                .batch(payment(3, "01-31 09:50", 7, "30"))
                .emits(row(3, 7, 1, 30, 1, 30, 3, 40))
                .run(onSpark(answer::profiles));
    }

    @Test
    @Order(6)
    void aPaymentADayBehindIsDropped(CardProfile answer) {
        script().batch(payment(1, "01-02 12:00", 8, "1"))
                .batch(payment(2, "01-01 12:00", 7, "2"), payment(3, "01-01 12:00:00.001", 7, "4"))
                .emits(profile(3, 1, "4.00"))
                .run(onSpark(answer::profiles));
    }

    @Test
    @Order(7)
    void theStateOfAnHourDoesNotGrowWithItsPayments(CardProfile answer) {
        script().batch(payments(30, id -> payment(id, "01-01 10:30", 7, "1")))
                .stateAtMost(ROWS_FOR_ONE_HOUR)
                .run(onSpark(answer::profiles));
    }

    @Test
    @Order(8)
    void hoursThatCanNoLongerCountAreRemoved(CardProfile answer) {
        script().batch(payments(30, id -> payment(id, "01-01 10:30", (int) id, "1")))
                .batch(payment(99, "02-01 11:30", 99, "1"))
                .stateAtMost(ROWS_FOR_ONE_HOUR)
                .run(onSpark(answer::profiles));
    }

    /** The batches are at the edges of the windows; the fourth and the last are late, and partly too late. */
    @Test
    @Order(9)
    void theOutputForRandomPaymentsMatchesALoopOverThem(CardProfile answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script script = script().title(seed.hint());
        Loop loop = new Loop();
        for (String start : List.of("01-01 20", "01-08 20", "01-09 20", "01-09 00", "02-01 16", "01-31 20")) {
            List<ScriptRow> payments = randomPayments(random, start);
            script.batch(payments).emits(loop.profiles(payments));
            if (start.equals("01-09 20")) {
                script.restart();
            }
        }
        script.run(onSpark(answer::profiles));
    }

    /** The oracle: keeps all payments and goes through them for each one. */
    private static final class Loop {

        private final List<ScriptRow> before = new ArrayList<>();

        List<ScriptRow> profiles(List<ScriptRow> batch) {
            Instant newest = before.stream()
                    .map(Loop::time)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
            return batch.stream()
                    .filter(payment -> time(payment).isAfter(newest.minus(Duration.ofDays(1))))
                    .sorted(Comparator.comparing(Loop::time).thenComparing(payment -> payment.getLong(0)))
                    .map(this::profile)
                    .toList();
        }

        private ScriptRow profile(ScriptRow payment) {
            before.add(payment);
            Stream<Object> figures = Arrays.stream(DAYS).boxed().flatMap(days -> figures(payment, days));
            return row(Stream.concat(Stream.of(payment.get(0), payment.get(2)), figures)
                    .toArray());
        }

        private Stream<Object> figures(ScriptRow payment, int days) {
            Instant end = time(payment).truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
            List<BigDecimal> amounts = before.stream()
                    .filter(other -> other.getInt(2) == payment.getInt(2))
                    .filter(other -> time(other).isBefore(end))
                    .filter(other -> !time(other).isBefore(end.minus(Duration.ofDays(days))))
                    .map(other -> other.getDecimal(4))
                    .toList();
            BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            return Stream.of(amounts.size(), sum.divide(BigDecimal.valueOf(amounts.size()), 2, RoundingMode.HALF_UP));
        }

        private static Instant time(ScriptRow payment) {
            return payment.getInstant(1);
        }
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns(COLUMNS).timeout(Duration.ofSeconds(1));
    }

    /** A profile of customer 7 with the same values in all windows. */
    private static ScriptRow profile(long id, int count, String mean) {
        return row(id, 7, count, mean, count, mean, count, mean);
    }

    private static ScriptRow payment(long id, String time, int customer, String amount) {
        return row(new Payment(id, at(time), customer, 3, new BigDecimal(amount).setScale(2)));
    }

    private interface Writer {
        ScriptRow payment(long id);
    }

    private static List<ScriptRow> payments(int count, Writer writer) {
        return LongStream.rangeClosed(1, count).mapToObj(writer::payment).toList();
    }

    /** Payments of eight hours from this one. */
    private static List<ScriptRow> randomPayments(Random random, String start) {
        String[] dayAndHour = start.split(" ");
        return RandomRows.of(Payment.SCHEMA)
                .notNull()
                .unique("id")
                .tick(Duration.ofMillis(1)) // as watermarks
                .on(LocalDate.parse("2026-" + dayAndHour[0]))
                .times(dayAndHour[1] + ":00", Duration.ofHours(8))
                .rows(random, 60);
    }

    /** A time in 2026: {@code 01-31 10:00}. */
    private static Instant at(String time) {
        return LocalDateTime.parse("2026-" + time.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
