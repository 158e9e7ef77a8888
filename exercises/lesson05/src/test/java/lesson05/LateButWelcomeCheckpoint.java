package lesson05;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
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
    private static final Instant FAR_AHEAD = MIDNIGHT.plus(Duration.ofDays(30));

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
     * Not in order. At 10:40 a payment of 9:20 arrives: thirty minutes behind 9:50, the newest so far, twenty behind
     * the previous one, and eighty behind the wall clock.
     */
    private static final List<Arrival> UNPUNCTUAL = List.of(
            arrival("09:20", "10:40"),
            arrival("09:50", "10:20"),
            arrival("10:30", "10:50"),
            arrival("09:00", "10:10"),
            arrival("09:40", "10:30"),
            arrival("10:25", "11:00"));

    @BeforeEach
    void setTheTimeZone() {
        SharedSpark.session().conf().set(TIME_ZONE, "Asia/Kolkata");
    }

    @AfterEach
    void resetTheTimeZone() {
        SharedSpark.session().conf().set(TIME_ZONE, "UTC");
    }

    @Test
    @Order(1)
    void theRevenueOfADayIsEmittedOnceTheDayIsOver(LateButWelcome answer) {
        script(answer, PUNCTUAL)
                .batch(payment(DAY_BEFORE, "4.00"), payment(MIDNIGHT.minusSeconds(1), "0.20"))
                .batch(payment(MIDNIGHT, "1.00"))
                .emits(row(DAY_BEFORE, "4.20"))
                .run(onSpark(on(answer, PUNCTUAL)));
    }

    @Test
    @Order(2)
    void aPaymentAsLateAsTheLatestInTheRecordCounts(LateButWelcome answer) {
        script(answer, UNPUNCTUAL)
                .batch(payment(MIDNIGHT.plusSeconds(29 * 60 + 59), "4.00"))
                .batch(payment(MIDNIGHT.minusSeconds(1), "0.20"))
                .batch(payment(FAR_AHEAD, "1.00"))
                .emits(row(DAY_BEFORE, "0.20"), row(MIDNIGHT, 4))
                .run(onSpark(on(answer, UNPUNCTUAL)));
    }

    /** The record's payments arrive up to 25 minutes after their times. All payments of the stream are of one day. */
    @Test
    @Order(3)
    void theDelayIsNoLongerThanTheRecordRequires(LateButWelcome answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<Arrival> record = randomRecord(random);
        List<ScriptRow> payments =
                Stream.generate(() -> randomPayment(random)).limit(20).toList();
        script(answer, record)
                .title(seed.hint() + "\n\n" + text(record))
                .batch(payments.subList(0, 10))
                .batch(payments.subList(10, 20))
                .batch(payment(MIDNIGHT.plusSeconds(delay(record)), "1.00"))
                .emits(row(DAY_BEFORE, total(payments)))
                .run(onSpark(on(answer, record)));
    }

    private static Script script(LateButWelcome answer, List<Arrival> record) {
        return Script.of(Payment.SCHEMA)
                .columns("day", "revenue")
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

    private static List<Arrival> randomRecord(Random random) {
        List<Arrival> record = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Instant arrived = at("09:00").plusSeconds(240 * i + random.nextInt(240));
            record.add(new Arrival(arrived.minusSeconds(1 + random.nextInt(25 * 60)), arrived));
        }
        Collections.shuffle(record, random);
        return record;
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

    private static ScriptRow randomPayment(Random random) {
        return payment(
                DAY_BEFORE.plusSeconds(random.nextInt(24 * 3_600)), BigDecimal.valueOf(random.nextInt(10_000), 2));
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
