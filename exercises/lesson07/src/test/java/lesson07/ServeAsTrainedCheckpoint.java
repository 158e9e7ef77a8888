package lesson07;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.spark.PaymentRow;

/** The answer gets all payments of the batch. The last step compares with the statement, on Spark. */
@Checkpoint(ServeAsTrained.class)
class ServeAsTrainedCheckpoint {

    /** The statement of the task. */
    private static final String TRAINING = """
            SELECT id,
                   dayofweek(time) AS weekday,
                   hour(time) AS hour,
                   count(amount) OVER past AS payments,
                   CAST(avg(amount) OVER past AS DOUBLE) AS mean,
                   stddev(amount) OVER past AS deviation,
                   percentile(amount, 0.5) OVER past AS median
            FROM payments
            WINDOW past AS (PARTITION BY customer ORDER BY time
                            RANGE BETWEEN INTERVAL 24 HOURS PRECEDING AND CURRENT ROW)""";

    private static final String[] ALL = {
        "id BIGINT", "weekday INT", "hour INT", "payments BIGINT", "mean DOUBLE", "deviation DOUBLE", "median DOUBLE"
    };

    /** A Saturday evening, a Sunday, and a Monday, in UTC. */
    @Test
    @Order(1)
    void weekdayAndHourAreThoseOfTheStatement(ServeAsTrained answer) {
        script("id", "weekday", "hour")
                .batch(
                        payment(1, "2026-01-10T20:59:59.999999Z", 1, "5.00"),
                        payment(2, "2026-01-11T00:00:00Z", 2, "5.00"),
                        payment(3, "2026-01-12T12:30:00Z", 3, "5.00"),
                        payment(4, "2026-01-16T23:00:00Z", 4, "5.00"))
                .emits(row(1, 7, 20), row(2, 1, 0), row(3, 2, 12), row(4, 6, 23))
                .run(new ServiceJob(answer, "UTC", 0, 1, 2));
    }

    @Test
    @Order(2)
    void theZoneOfTheJvmDoesNotMatter(ServeAsTrained answer) {
        for (String zone : List.of("Pacific/Auckland", "America/Los_Angeles")) {
            script("id", "weekday", "hour")
                    .title("the JVM's zone is " + zone)
                    .batch(payment(1, "2026-01-10T20:15:00Z", 1, "5.00"), payment(2, "2026-01-11T01:15:00Z", 2, "5.00"))
                    .emits(row(1, 7, 20), row(2, 1, 1))
                    .run(new ServiceJob(answer, zone, 0, 1, 2));
        }
    }

    /** Payment 2 is exactly 24 hours before payment 3, payment 1 a microsecond earlier; 6 is too early for 5, and 7 is not. */
    @Test
    @Order(3)
    void theFrameHasBothItsEnds(ServeAsTrained answer) {
        script("id", "payments", "mean")
                .batch(
                        payment(3, "2026-01-11T09:00:00Z", 1, "4.00"),
                        payment(1, "2026-01-10T08:59:59.999999Z", 1, "1.00"),
                        payment(2, "2026-01-10T09:00:00Z", 1, "2.00"),
                        payment(4, "2026-01-10T20:00:00Z", 1, "6.00"),
                        payment(5, "2026-01-11T09:00:00.5Z", 2, "1.00"),
                        payment(6, "2026-01-10T09:00:00.2Z", 2, "2.00"),
                        payment(7, "2026-01-10T09:00:00.7Z", 2, "4.00"))
                .emits(
                        row(1, 1, 1.0),
                        row(2, 2, 1.5),
                        row(3, 3, 4.0),
                        row(4, 3, 3.0),
                        row(5, 2, 2.5),
                        row(6, 1, 2.0),
                        row(7, 2, 3.0))
                .run(new ServiceJob(answer, "UTC", 0, 3, 4));
    }

    @Test
    @Order(4)
    void paymentsOfTheSameTimeAreInEachOthersFrame(ServeAsTrained answer) {
        script("id", "payments", "mean")
                .batch(
                        payment(1, "2026-01-11T09:00:00Z", 1, "4.00"),
                        payment(2, "2026-01-11T09:00:00Z", 1, "8.00"),
                        payment(3, "2026-01-11T09:00:00Z", 1, "8.00"),
                        payment(4, "2026-01-11T09:00:00.000001Z", 1, "0.00"))
                .emits(row(1, 3, 6.666667), row(2, 3, 6.666667), row(3, 3, 6.666667), row(4, 4, 5.0))
                .run(new ServiceJob(answer, "UTC", 0, 3, 4));
    }

    @Test
    @Order(5)
    void otherCustomersAndLaterPaymentsDoNotCount(ServeAsTrained answer) {
        script("id", "payments", "mean")
                .batch(
                        payment(4, "2026-01-11T10:00:00Z", 1, "64.00"),
                        payment(1, "2026-01-11T09:00:00Z", 1, "4.00"),
                        payment(2, "2026-01-11T08:00:00Z", 2, "16.00"),
                        payment(3, "2026-01-10T22:00:00Z", 1, "2.00"))
                .emits(row(3, 1, 2.0), row(2, 1, 16.0), row(1, 2, 3.0), row(4, 3, 23.333333))
                .run(new ServiceJob(answer, "UTC", 0, 3, 4));
    }

    /** One cent in 32 payments is 0.0003125: the seventh digit is a five. */
    @Test
    @Order(6)
    void aMeanHasSixDigitsRoundedHalfUp(ServeAsTrained answer) {
        List<ScriptRow> nothing = LongStream.range(0, 31)
                .mapToObj(i -> payment(100 + i, "2026-01-11T08:00:00Z", 1, "0.00"))
                .toList();
        for (int sign : new int[] {1, -1}) {
            ScriptRow cent = payment(
                    1, "2026-01-11T09:00:00Z", 1, BigDecimal.valueOf(sign, 2).toString());
            script("id", "payments", "mean")
                    .batch(Stream.concat(nothing.stream(), Stream.of(cent)).toList())
                    .emits(Stream.concat(
                                    nothing.stream().map(payment -> row(payment.get(0), 31, 0.0)),
                                    Stream.of(row(1, 32, sign * 0.000313)))
                            .toList())
                    .run(new ServiceJob(answer, "UTC", 0, 3, 4));
        }
        script("id", "payments", "mean")
                .batch(
                        payment(1, "2026-01-11T09:00:00Z", 2, "-0.01"),
                        payment(2, "2026-01-11T09:10:00Z", 2, "-0.01"),
                        payment(3, "2026-01-11T09:20:00Z", 2, "0.00"))
                .emits(row(1, 1, -0.01), row(2, 2, -0.01), row(3, 3, -0.006667))
                .run(new ServiceJob(answer, "UTC", 0, 3, 4));
    }

    @Test
    @Order(7)
    void theDeviationIsThatOfASample(ServeAsTrained answer) {
        script("id", "payments", "deviation")
                .batch(
                        payment(1, "2026-01-11T09:00:00Z", 1, "2.00"),
                        payment(2, "2026-01-11T09:10:00Z", 1, "4.00"),
                        payment(3, "2026-01-11T09:20:00Z", 1, "9.00"),
                        payment(4, "2026-01-11T09:00:00Z", 2, "5.00"),
                        payment(5, "2026-01-11T09:10:00Z", 2, "5.00"))
                .emits(
                        row(1, 1, null),
                        row(2, 2, Math.sqrt(2)),
                        row(3, 3, Math.sqrt(13)),
                        row(4, 1, null),
                        row(5, 2, 0.0))
                .run(new ServiceJob(answer, "UTC", 0, 3, 5));
    }

    /** The squares of these amounts differ in the last of a double's sixteen digits. */
    @Test
    @Order(8)
    void theDeviationOfLargeAmountsIsExact(ServeAsTrained answer) {
        script("id", "payments", "deviation")
                .batch(
                        payment(1, "2026-01-11T09:00:00Z", 1, "9999.01"),
                        payment(2, "2026-01-11T09:10:00Z", 1, "9999.02"),
                        payment(3, "2026-01-11T09:20:00Z", 1, "9999.03"))
                .emits(row(1, 1, null), row(2, 2, 0.01 / Math.sqrt(2)), row(3, 3, 0.01))
                .run(new ServiceJob(answer, "UTC", 0, 3, 5));
    }

    @Test
    @Order(9)
    void theMedianIsHalfwayBetweenTheTwoInTheMiddle(ServeAsTrained answer) {
        script("id", "payments", "median")
                .batch(
                        payment(1, "2026-01-11T09:00:00Z", 1, "9.00"),
                        payment(2, "2026-01-11T09:10:00Z", 1, "-4.00"),
                        payment(3, "2026-01-11T09:20:00Z", 1, "100.00"),
                        payment(4, "2026-01-11T09:30:00Z", 1, "10.00"))
                .emits(row(1, 1, 9.0), row(2, 2, 2.5), row(3, 3, 9.0), row(4, 4, 9.5))
                .run(new ServiceJob(answer, "UTC", 0, 3, 6));
    }

    @Test
    @Order(10)
    void paymentsWithoutAnAmountHaveNoPart(ServeAsTrained answer) {
        script(ALL)
                .batch(
                        payment(1, "2026-01-11T09:00:00Z", 1, null),
                        payment(2, "2026-01-11T09:10:00Z", 1, "4.00"),
                        payment(3, "2026-01-11T09:20:00Z", 1, null),
                        payment(4, "2026-01-11T09:30:00Z", 1, "6.00"))
                .emits(
                        row(1, 1, 9, 0, null, null, null),
                        row(2, 1, 9, 1, 4.0, null, 4.0),
                        row(3, 1, 9, 1, 4.0, null, 4.0),
                        row(4, 1, 9, 2, 5.0, Math.sqrt(2), 5.0))
                .run(new ServiceJob(answer, "UTC", 0, 1, 2, 3, 4, 5, 6));
    }

    @Test
    @Order(11)
    void randomPaymentsHaveTheFeaturesOfTheStatement(ServeAsTrained answer) {
        RandomScript.of(Payment.SCHEMA)
                .columns(ALL)
                .batches(
                        1,
                        200,
                        RandomRows.of(Payment.SCHEMA)
                                .times("18:00", Duration.ofHours(54))
                                .apart(Duration.ofHours(24))
                                .between("customer", 1, 12)
                                .between("amount", "-10000", "10000")
                                .unique("id")
                                .notNull("id", "time", "customer", "terminal"))
                .run(
                        () -> new ServiceJob(answer, "Asia/Kolkata", 0, 1, 2, 3, 4, 5, 6),
                        ServeAsTrainedCheckpoint::statement);
    }

    private static List<ScriptRow> statement(List<ScriptRow> payments) {
        SparkSession spark = SharedSpark.session();
        spark.createDataFrame(SparkRows.toSpark(payments), PaymentRow.SCHEMA).createOrReplaceTempView("payments");
        return SparkRows.fromSpark(spark.sql(TRAINING).collectAsList());
    }

    private static Script script(String... columns) {
        return Script.of(Payment.SCHEMA).columns(columns);
    }

    private static ScriptRow payment(long id, String time, int customer, String amount) {
        return row(id, Instant.parse(time), customer, 7, amount == null ? null : new BigDecimal(amount));
    }

    /** Calls the answer for each payment, with all payments, in a JVM of another zone. */
    private static final class ServiceJob implements Job {

        private final ServeAsTrained answer;
        private final String zone;
        private final int[] columns;
        private List<Payment> payments;
        private List<ScriptRow> output;

        /** @param columns which features are compared, by their places in {@link #ALL} */
        ServiceJob(ServeAsTrained answer, String zone, int... columns) {
            this.answer = answer;
            this.zone = zone;
            this.columns = columns;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            payments = rows.stream()
                    .map(row -> new Payment(
                            row.getLong(0),
                            row.getInstant(1),
                            row.getInt(2),
                            row.getInt(3),
                            row.isNullAt(4) ? null : row.getDecimal(4)))
                    .toList();
        }

        @Override
        public void run() {
            TimeZone before = TimeZone.getDefault();
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            try {
                output = payments.stream().map(this::served).toList();
            } finally {
                TimeZone.setDefault(before);
            }
        }

        private ScriptRow served(Payment payment) {
            ServeAsTrained.Features features = answer.features(payment, payments);
            Object[] all = {
                payment.id(),
                features.weekday(),
                features.hour(),
                features.payments(),
                features.mean(),
                features.deviation(),
                features.median()
            };
            Object[] chosen = new Object[columns.length];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = all[columns[i]];
            }
            return row(chosen);
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
