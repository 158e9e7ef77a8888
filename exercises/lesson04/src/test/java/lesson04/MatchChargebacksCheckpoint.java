package lesson04;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;

@Checkpoint(MatchChargebacks.class)
class MatchChargebacksCheckpoint {

    private static final String CHARGEBACKS = "chargebacks";
    private static final Duration IN_TIME = Duration.ofDays(30);
    private static final Instant FAR_AHEAD = Instant.parse("2030-06-01T00:00:00Z");
    private static final List<String> REASONS = List.of("stolen", "never ordered", "zürich", "", " ");
    /** The limit for one payment and one chargeback; a join also counts the rows of its index. */
    private static final int ROWS_FOR_TWO = 8;

    @Test
    @Order(1)
    void aChargebackMatchesItsPaymentWhicheverArrivesFirst(MatchChargebacks answer) {
        script().batch(payment(1, "01-01 10:00", "5.00"), payment(2, "01-01 11:00", "7.00"))
                .in(CHARGEBACKS, chargeback(3, "01-20 09:00", "stolen"))
                .batch(payment(3, "01-02 10:00", "9.00"))
                .in(CHARGEBACKS, chargeback(1, "01-20 10:00", "never ordered"))
                .emits(row(1, "5.00", "never ordered"), row(3, "9.00", "stolen"))
                .run(onSpark(answer::matched));
    }

    /** The chargeback of payment 4 is older than the payment, that of payment 5 is more than 31 days newer. */
    @Test
    @Order(2)
    void aChargebackIsInTimeFromThePaymentToThirtyDaysLaterInclusive(MatchChargebacks answer) {
        script().batch(
                        payment(1, "01-01 10:00", "1.00"),
                        payment(2, "01-01 10:00", "2.00"),
                        payment(3, "01-01 10:00", "3.00"),
                        payment(4, "01-01 10:00:00.000002", "4.00"),
                        payment(5, "01-01 10:00", "5.00"))
                .in(
                        CHARGEBACKS,
                        chargeback(1, "01-31 10:00", "stolen"),
                        chargeback(2, "01-31 10:00:00.000001", "stolen"),
                        chargeback(3, "01-01 10:00", "stolen"),
                        chargeback(4, "01-01 10:00:00.000001", "stolen"),
                        chargeback(5, "02-01 12:00", "stolen"))
                .emits(row(1, "1.00", "stolen"), row(3, "3.00", "stolen"))
                .batch(payment(99, "02-02 12:00", "1.00"))
                .in(CHARGEBACKS, chargeback(98, "02-02 12:00", ""))
                .emits(row(2, "2.00", null), row(4, "4.00", null), row(5, "5.00", null))
                .run(onSpark(answer::matched));
    }

    /** The payments are far ahead, but the chargebacks are not: one can still arrive. */
    @Test
    @Order(3)
    void aPaymentIsNotEmittedWhileAChargebackCanStillArrive(MatchChargebacks answer) {
        script().batch(payment(1, "01-01 10:00", "5.00"))
                .in(CHARGEBACKS, chargeback(98, "01-01 10:00", ""))
                .batch(payment(99, "03-01 10:00", "1.00"))
                .batch()
                .in(CHARGEBACKS, chargeback(98, "02-01 09:59:59", ""))
                .batch()
                .in(CHARGEBACKS, chargeback(1, "01-31 10:00", "stolen"))
                .emits(row(1, "5.00", "stolen"))
                .run(onSpark(answer::matched));
    }

    @Test
    @Order(4)
    void aPaymentWithoutAChargebackIsEmittedOnceNoneCanArrive(MatchChargebacks answer) {
        script().batch(payment(1, "01-01 10:00", "5.00"))
                .in(CHARGEBACKS, chargeback(98, "01-01 10:00", ""))
                .batch(payment(99, "02-01 12:00", "1.00"))
                .in(CHARGEBACKS, chargeback(98, "02-01 10:00:01", ""))
                .emits(row(1, "5.00", null))
                .run(onSpark(answer::matched));
    }

    /** The chargebacks are far ahead. A payment arrives almost an hour late; a refund has no other values. */
    @Test
    @Order(5)
    void aPaymentWithoutAChargebackIsEmittedOnceThePaymentsAreThirtyDaysAndAnHourAhead(MatchChargebacks answer) {
        script().batch(
                        payment(1, "01-01 10:00", "5.00"),
                        row(2L, at("01-01 10:00"), null, null, new BigDecimal("-7.00")),
                        row(3L, at("01-01 10:00"), null, null, null))
                .in(CHARGEBACKS, chargeback(98, "03-10 10:00", ""))
                .batch(payment(97, "01-31 10:59:59", "1.00"))
                .emitsNothing()
                .batch(payment(4, "01-31 10:00", "2.00"))
                .emitsNothing()
                .batch(payment(98, "01-31 11:00:01", "1.00"))
                .emits(row(1, "5.00", null), row(2, "-7.00", null), row(3, null, null))
                .batch(payment(99, "03-02 13:00", "1.00"))
                .emits(row(4, "2.00", null), row(97, "1.00", null), row(98, "1.00", null))
                .run(onSpark(answer::matched));
    }

    /** First the chargebacks, for which no payment can arrive any more, then the payments. */
    @Test
    @Order(6)
    void rowsThatCanNoLongerMatchAreRemovedOnBothSides(MatchChargebacks answer) {
        List<ScriptRow> payments = new ArrayList<>();
        List<ScriptRow> chargebacks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            payments.add(payment(i, "01-02 10:30", "5.00"));
            chargebacks.add(chargeback(500 + i, "01-01 10:00", "a mistake"));
        }
        script().batch()
                .in(CHARGEBACKS, chargebacks.toArray())
                .batch(payment(97, "01-02 10:30", "1.00"))
                .in(CHARGEBACKS, chargeback(96, "01-02 10:30", ""))
                .stateAtMost(ROWS_FOR_TWO)
                .batch(payments)
                .batch(payment(99, "02-02 12:00", "1.00"))
                .in(CHARGEBACKS, chargeback(98, "02-02 11:00", ""))
                .stateAtMost(ROWS_FOR_TWO)
                .run(onSpark(answer::matched));
    }

    /** Some chargebacks before the payments, then the others, none too late; a last batch advances both watermarks. */
    @Test
    @Order(7)
    void theOutputForRandomRowsMatchesALoopOverThem(MatchChargebacks answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<ScriptRow> payments =
                RandomRows.of(Payment.SCHEMA).notNull("id", "time").unique("id").rows(random, 60);
        List<ScriptRow> chargebacks = randomChargebacks(random, payments);
        List<ScriptRow> early = chargebacks.subList(0, 15);
        List<ScriptRow> others = chargebacks.subList(15, chargebacks.size());
        script().title(seed.hint())
                .batch(List.of())
                .in(CHARGEBACKS, early.toArray())
                .batch(payments)
                .emits(matched(payments, early))
                .batch()
                .in(CHARGEBACKS, others.toArray())
                .emits(matched(payments, others))
                .batch(row(99L, FAR_AHEAD, 10, 7, BigDecimal.ONE))
                .in(CHARGEBACKS, row(98L, FAR_AHEAD, ""))
                .emits(payments.stream()
                        .filter(payment -> reason(payment, chargebacks).isEmpty())
                        .map(payment -> row(payment.get(0), payment.get(4), null))
                        .toList())
                .run(onSpark(answer::matched));
    }

    /** Chargebacks of most payments, many of them at the limits of their time, and a few without a payment; by time. */
    private static List<ScriptRow> randomChargebacks(Random random, List<ScriptRow> payments) {
        return payments.stream()
                .filter(payment -> random.nextInt(4) > 0)
                .map(payment -> row(
                        random.nextInt(9) == 0 ? -2L - random.nextInt(9) : payment.get(0),
                        payment.getInstant(1).plus(randomDelay(random)),
                        REASONS.get(random.nextInt(REASONS.size()))))
                .sorted(Comparator.comparing(chargeback -> chargeback.getInstant(1)))
                .toList();
    }

    /** From two days before the payment to 33 days after it; half of them at a limit or a microsecond beside it. */
    private static Duration randomDelay(Random random) {
        Duration beside = Duration.of(random.nextInt(3) - 1, ChronoUnit.MICROS);
        return switch (random.nextInt(4)) {
            case 0 -> beside;
            case 1 -> IN_TIME.plus(beside);
            default -> Duration.ofSeconds(86_400L * (random.nextInt(35) - 2) + random.nextInt(86_400));
        };
    }

    private static List<ScriptRow> matched(List<ScriptRow> payments, List<ScriptRow> chargebacks) {
        return payments.stream()
                .flatMap(payment -> reason(payment, chargebacks).stream()
                        .map(reason -> row(payment.get(0), payment.get(4), reason)))
                .toList();
    }

    /** The oracle: the reason of the chargeback in time, if any. */
    private static Optional<String> reason(ScriptRow payment, List<ScriptRow> chargebacks) {
        Instant time = payment.getInstant(1);
        return chargebacks.stream()
                .filter(chargeback -> chargeback.getLong(0) == payment.getLong(0))
                .filter(chargeback -> !chargeback.getInstant(1).isBefore(time)
                        && !chargeback.getInstant(1).isAfter(time.plus(IN_TIME)))
                .map(chargeback -> chargeback.getString(2))
                .findFirst();
    }

    private static Script script() {
        return Script.of("payments", Payment.SCHEMA)
                .and(CHARGEBACKS, SparkRows.schema(MatchChargebacks.CHARGEBACKS))
                .columns("id BIGINT", "amount DECIMAL", "reason STRING");
    }

    private static ScriptRow payment(long id, String time, String amount) {
        return row(new Payment(id, at(time), 10, 7, new BigDecimal(amount)));
    }

    private static ScriptRow chargeback(long payment, String time, String reason) {
        return row(payment, at(time), reason);
    }

    /** A time in 2026: {@code 01-31 10:00}. */
    private static Instant at(String time) {
        return LocalDateTime.parse("2026-" + time.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
