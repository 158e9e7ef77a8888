package lesson04;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;

@Checkpoint(MatchChargebacks.class)
class MatchChargebacksCheckpoint {

    private static final String CHARGEBACKS = "chargebacks";
    private static final Duration IN_TIME = Duration.ofDays(30);
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

    /** The chargeback of payment 4 is older than the payment. */
    @Test
    @Order(2)
    void aChargebackIsInTimeFromThePaymentToThirtyDaysLaterInclusive(MatchChargebacks answer) {
        script().batch(
                        payment(1, "01-01 10:00", "1.00"),
                        payment(2, "01-01 10:00", "2.00"),
                        payment(3, "01-01 10:00", "3.00"),
                        payment(4, "01-01 10:00", "4.00"))
                .in(
                        CHARGEBACKS,
                        chargeback(1, "01-31 10:00", "stolen"),
                        chargeback(2, "01-31 10:00:01", "stolen"),
                        chargeback(3, "01-01 10:00", "stolen"),
                        chargeback(4, "01-01 09:59:59", "stolen"))
                .emits(row(1, "1.00", "stolen"), row(3, "3.00", "stolen"))
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
                .in(CHARGEBACKS, chargeback(98, "02-01 09:00", ""))
                .batch()
                .in(CHARGEBACKS, chargeback(1, "01-31 09:30", "stolen"))
                .emits(row(1, "5.00", "stolen"))
                .run(onSpark(answer::matched));
    }

    @Test
    @Order(4)
    void aPaymentWithoutAChargebackIsEmittedOnceNoneCanArrive(MatchChargebacks answer) {
        script().batch(payment(1, "01-01 10:00", "5.00"))
                .in(CHARGEBACKS, chargeback(98, "01-01 10:00", ""))
                .batch(payment(99, "02-01 12:00", "1.00"))
                .in(CHARGEBACKS, chargeback(98, "02-01 12:00", ""))
                .emits(row(1, "5.00", null))
                .run(onSpark(answer::matched));
    }

    @Test
    @Order(5)
    void rowsThatCanNoLongerMatchAreRemovedOnBothSides(MatchChargebacks answer) {
        List<ScriptRow> payments = new ArrayList<>();
        List<ScriptRow> chargebacks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            payments.add(payment(i, "01-01 10:00", "5.00"));
            chargebacks.add(chargeback(500 + i, "01-01 10:00", "a mistake"));
        }
        script().batch(payments)
                .in(CHARGEBACKS, chargebacks.toArray())
                .batch(payment(99, "04-01 10:00", "1.00"))
                .in(CHARGEBACKS, chargeback(98, "04-01 10:00", ""))
                .stateAtMost(ROWS_FOR_TWO)
                .run(onSpark(answer::matched));
    }

    /** Payments and chargebacks in three batches, none too late; a last batch advances both watermarks. */
    @Test
    @Order(6)
    void theOutputForRandomRowsMatchesALoopOverThem(MatchChargebacks answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script script = script().title(seed.hint());
        List<ScriptRow> payments = new ArrayList<>();
        List<ScriptRow> chargebacks = new ArrayList<>();
        for (long id = 100; id < 130; id++) {
            Instant time = at("01-01 00:00").plusSeconds(random.nextInt(3_600));
            payments.add(row(new Payment(id, time, 1, 1, BigDecimal.valueOf(random.nextInt(10_000), 2))));
            if (random.nextInt(3) > 0) {
                chargebacks.add(
                        row(id, time.plusSeconds(86_400L * (random.nextInt(34) - 2)), "reason " + random.nextInt(9)));
            }
        }
        script.batch(List.of())
                .in(CHARGEBACKS, chargebacks.subList(0, 5).toArray())
                .batch(payments)
                .emits(matched(payments, chargebacks.subList(0, 5)))
                .batch()
                .in(CHARGEBACKS, chargebacks.subList(5, chargebacks.size()).toArray())
                .emits(matched(payments, chargebacks.subList(5, chargebacks.size())))
                .batch(payment(99, "04-01 10:00", "1.00"))
                .in(CHARGEBACKS, chargeback(98, "04-01 10:00", ""))
                .emits(payments.stream()
                        .filter(payment -> reason(payment, chargebacks).isEmpty())
                        .map(payment -> row(payment.get(0), payment.get(4), null))
                        .toList())
                .run(onSpark(answer::matched));
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
                .columns("id", "amount", "reason");
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
