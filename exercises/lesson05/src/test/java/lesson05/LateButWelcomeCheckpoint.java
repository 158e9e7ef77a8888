package lesson05;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Payment;

@Checkpoint(LateButWelcome.class)
class LateButWelcomeCheckpoint {

    private static final StructType RECORD = StructType.fromDDL("time TIMESTAMP, arrived TIMESTAMP");
    private static final String TIME_ZONE = "spark.sql.session.timeZone";
    /** Midnight in India. Every day there begins at 18:30 UTC. */
    private static final Instant MIDNIGHT = at("18:30");

    private static final Instant DAY_BEFORE = MIDNIGHT.minus(Duration.ofDays(1));

    /** A row of the record. */
    private record Arrival(Instant time, Instant arrived) {
        @Override
        public String toString() {
            return "          " + text(time) + "  " + text(arrived);
        }

        private static String text(Instant time) {
            return DateTimeFormatter.ISO_LOCAL_TIME.format(time.atOffset(ZoneOffset.UTC));
        }
    }

    /** No payment is behind another. */
    private static final List<Arrival> PUNCTUAL = List.of(arrival("09:00", "09:00:05"), arrival("09:40", "09:40:20"));

    /**
     * Not in order, around midnight in India. At 18:40 a payment of 17:20 arrives: thirty minutes behind 17:50, the newest so
     * far, twenty behind the previous one, and eighty behind the wall clock.
     */
    private static final List<Arrival> UNPUNCTUAL = List.of(
            arrival("17:20", "18:40"),
            arrival("17:50", "18:20"),
            arrival("18:30", "18:50"),
            arrival("17:00", "18:10"),
            arrival("17:40", "18:29"),
            arrival("18:25", "19:00"));

    /** Not in order, within a millisecond. The last payment is a second behind the one before; the others are not behind. */
    private static final List<Arrival> SAME_SECOND = List.of(
            arrival("09:20", "2026-01-01T10:00:00.000002Z"),
            arrival("09:00", "2026-01-01T10:00:00.000001Z"),
            arrival("09:40", "2026-01-01T10:00:00.000003Z"),
            arrival("09:39:59", "2026-01-01T10:00:00.000004Z"));

    @BeforeEach
    void setTheTimeZone() {
        SharedSpark.session().conf().set(TIME_ZONE, "Asia/Kolkata");
    }

    @AfterEach
    void resetTheTimeZone() {
        SharedSpark.session().conf().set(TIME_ZONE, "UTC");
    }

    /** Two equal payments are two payments, and their sum exceeds the largest amount. */
    @Test
    @Order(1)
    void theRevenueOfADayIsEmittedOnceTheDayIsOver(LateButWelcome answer) {
        ScriptRow large = payment(DAY_BEFORE, "99999999.99");
        script(answer, PUNCTUAL)
                .batch(large, large, row(null, MIDNIGHT.minusSeconds(1), null, null, new BigDecimal("0.20")))
                .batch(payment(MIDNIGHT, "1.00"))
                .emits(row(DAY_BEFORE, "200000000.18"))
                .run(onSpark(on(answer, PUNCTUAL)));
    }

    @Test
    @Order(2)
    void aPaymentAsLateAsTheLatestInTheRecordCounts(LateButWelcome answer) {
        script(answer, UNPUNCTUAL)
                .batch(payment(MIDNIGHT.plusSeconds(29 * 60 + 59), "4.00"))
                .batch(payment(MIDNIGHT.minusSeconds(1), "0.20"), payment(MIDNIGHT.plusSeconds(30 * 60), "1.00"))
                .emits(row(DAY_BEFORE, "0.20"))
                .run(onSpark(on(answer, UNPUNCTUAL)));
    }

    /** Read by whole seconds of arrival, a payment of this record may be twenty minutes behind. */
    @Test
    @Order(3)
    void paymentsThatArriveInTheSameSecondAreInOrder(LateButWelcome answer) {
        script(answer, SAME_SECOND)
                .batch(
                        payment(DAY_BEFORE, "5.00"),
                        payment(DAY_BEFORE, "-7.00"),
                        payment(MIDNIGHT.minusSeconds(1), "0.00"))
                .batch(payment(MIDNIGHT, "1.00"))
                .emitsNothing()
                .batch(payment(MIDNIGHT.plusSeconds(1), "1.00"))
                .emits(row(DAY_BEFORE, -2))
                .run(onSpark(on(answer, SAME_SECOND)));
    }

    /** Until midnight all payments are of one day. One that is as late as the record's latest comes when the day ends. */
    @Test
    @Order(4)
    void theDelayIsNoLongerThanTheRecordRequires(LateButWelcome answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<Arrival> record = randomRecord(random);
        long delay = delay(record);
        List<ScriptRow> payments = new ArrayList<>(RandomRows.of(Payment.SCHEMA)
                .notNull("time", "amount") // as the task says
                .on(LocalDate.ofInstant(DAY_BEFORE, ZoneOffset.UTC)) // every day in India has 24 hours
                .times("18:30", Duration.ofDays(1))
                .rows(random, 100));
        ScriptRow late = payment(MIDNIGHT.minusSeconds(1), "0.25");
        BigDecimal revenue = total(payments).add(late.getDecimal(4));
        payments.add(payment(MIDNIGHT.plusSeconds(delay - 1), "1.00"));
        script(answer, record)
                .title(seed.hint() + "\n\n" + text(record))
                .batch(payments)
                .emitsNothing()
                .batch(late, payment(MIDNIGHT.plusSeconds(delay), "1.00"))
                .emits(row(DAY_BEFORE, revenue))
                .run(onSpark(on(answer, record)));
    }

    private static Script script(LateButWelcome answer, List<Arrival> record) {
        return Script.of(Payment.SCHEMA)
                .columns("day TIMESTAMP", "revenue DECIMAL")
                .title(text(record))
                .mode(answer.mode().toString().toLowerCase(Locale.ROOT));
    }

    private static UnaryOperator<Dataset<Row>> on(LateButWelcome answer, List<Arrival> record) {
        List<Row> rows = record.stream()
                .map(each -> RowFactory.create(each.time(), each.arrived()))
                .toList();
        return payments -> answer.revenue(payments, SharedSpark.session().createDataFrame(rows, RECORD));
    }

    private static String text(List<Arrival> record) {
        return record.stream()
                .map(Arrival::toString)
                .collect(Collectors.joining("\n", "record    time      arrived\n", "\n"));
    }

    /** Two payments arrive in each second with arrivals. At the end a dozen arrive, each older than the one before. */
    private static List<Arrival> randomRecord(Random random) {
        List<Arrival> record = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Instant arrived = at("09:00").plusSeconds(240 * i + random.nextInt(240));
            record.add(arrival(arrived.plusMillis(1), random));
            record.add(arrival(arrived.plusMillis(2), random));
        }
        for (int i = 0; i < 12; i++) {
            int behind = 150 * i + random.nextInt(150);
            record.add(new Arrival(at("09:40").minusSeconds(behind), at("09:41").plusSeconds(i)));
        }
        Collections.shuffle(record, random);
        return record;
    }

    private static Arrival arrival(Instant arrived, Random random) {
        Instant time = arrived.minusSeconds(1 + random.nextInt(25 * 60)).truncatedTo(ChronoUnit.SECONDS);
        return new Arrival(time, arrived);
    }

    /** The expected delay: how many seconds a payment of the record was behind the newest one before it, at most. */
    private static long delay(List<Arrival> record) {
        List<Arrival> inOrder =
                record.stream().sorted(Comparator.comparing(Arrival::arrived)).toList();
        Instant newest = inOrder.get(0).time();
        long delay = 0;
        for (Arrival each : inOrder) {
            delay = Math.max(delay, Duration.between(each.time(), newest).toSeconds());
            newest = each.time().isAfter(newest) ? each.time() : newest;
        }
        return delay;
    }

    private static BigDecimal total(List<ScriptRow> payments) {
        return payments.stream().map(payment -> payment.getDecimal(4)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ScriptRow payment(Instant time, String amount) {
        return payment(time, new BigDecimal(amount));
    }

    private static ScriptRow payment(Instant time, BigDecimal amount) {
        return row(new Payment(1, time, 10, 7, amount));
    }

    private static Arrival arrival(String time, String arrived) {
        return new Arrival(at(time), at(arrived));
    }
}
