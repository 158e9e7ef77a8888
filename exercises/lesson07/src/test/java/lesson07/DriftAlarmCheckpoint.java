package lesson07;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.RandomRows;
import workbook.check.script.RandomScript;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;

/** Three bins, up to 10, up to 50, and above; a tenth of the payments had no value. Four payments are enough. */
@Checkpoint(DriftAlarm.class)
class DriftAlarmCheckpoint {

    private static final String SCHEMA = "time TIMESTAMP, value DOUBLE";
    private static final String[] COLUMNS = {"day TIMESTAMP", "payments BIGINT", "psi DOUBLE", "moved BOOLEAN"};
    private static final double[] EDGES = {10, 50};
    private static final double[] EXPECTED = {0.4, 0.3, 0.2, 0.1};
    private static final int LEAST = 4;

    private static final Instant DAY = Instant.parse("2026-01-10T00:00:00Z");
    private static final ScriptRow FAR_AHEAD = payment("2026-01-20T12:00:00Z", 1.0);
    private static final ScriptRow YEARS_AHEAD = payment("2030-01-01T12:00:00Z", 1.0);

    @Test
    @Order(1)
    void aDayIsComparedWithTheTrainingData(DriftAlarm answer) {
        script().batch(days(
                        day(10, 5.0, 6.0, 7.0, 8.0, 20.0, 30.0, 40.0, 60.0, 70.0, null),
                        day(11, 20.0, 60.0, 70.0, 80.0, 90.0),
                        day(12, 5.0, 6.0, 7.0, 20.0, 30.0, 30.0, 60.0, 70.0, 70.0, null)))
                .emits(
                        said(10, 10, 0.0, false),
                        said(11, 5, psi(0, 0.2, 0.8, 0), true),
                        said(12, 10, psi(0.3, 0.3, 0.3, 0.1), false))
                .run(alarms(answer));
    }

    /** The day ends at midnight: 23:59:59.999999 belongs to it. */
    @Test
    @Order(2)
    void aDayIsOneOfUtc(DriftAlarm answer) {
        script().batch(
                        payment("2026-01-10T00:00:00Z", 5.0),
                        payment("2026-01-10T12:00:00Z", 5.0),
                        payment("2026-01-10T23:30:00Z", 5.0),
                        payment("2026-01-10T23:59:59.999999Z", 5.0),
                        payment("2026-01-11T00:00:00Z", 60.0))
                .batch(FAR_AHEAD)
                .emits(said(10, 4, psi(1, 0, 0, 0), true), said(11, 1, null, null))
                .run(alarms(answer));
    }

    @Test
    @Order(3)
    void aDayIsNotEmittedBeforeItsHourIsOver(DriftAlarm answer) {
        script().batch(day(10, 5.0, 5.0, 20.0, 60.0))
                .batch(payment("2026-01-11T00:59:59.999Z", 5.0))
                .emitsNothing()
                .run(alarms(answer));
    }

    @Test
    @Order(4)
    void aDayIsEmittedOnceAsSoonAsItsHourIsOver(DriftAlarm answer) {
        script().batch(day(10, 5.0, 5.0, 20.0, 60.0))
                .batch(payment("2026-01-11T01:00:00Z", 5.0))
                .emits(said(10, 4, psi(0.5, 0.25, 0.25, 0), true))
                .batch(payment("2026-01-10T23:00:00Z", 5.0), payment("2026-01-11T02:00:00Z", 5.0))
                .emitsNothing()
                .restart()
                .batch(payment("2026-01-11T03:00:00Z", 5.0))
                .emitsNothing()
                .run(alarms(answer));
    }

    @Test
    @Order(5)
    void aLatePaymentCountsAsLongAsItsDayIsOpen(DriftAlarm answer) {
        script().batch(day(10, 5.0, 5.0, 20.0))
                .batch(payment("2026-01-11T00:30:00Z", 5.0))
                .batch(payment("2026-01-10T00:00:01Z", 60.0))
                .batch(FAR_AHEAD)
                .emits(said(10, 4, psi(0.5, 0.25, 0.25, 0), true), said(11, 1, null, null))
                .run(alarms(answer));
    }

    @Test
    @Order(6)
    void anUpperEdgeBelongsToItsBin(DriftAlarm answer) {
        script().batch(days(day(10, 10.0, 10.0, 10.000001, 50.0, 50.0, 50.000001), day(11, -1e9, 0.0, -0.5, 1e9)))
                .emits(said(10, 6, psi(2 / 6.0, 3 / 6.0, 1 / 6.0, 0), true), said(11, 4, psi(0.75, 0, 0.25, 0), true))
                .run(alarms(answer));
    }

    @Test
    @Order(7)
    void valuesOutsideOfAllEdgesAreInTheFirstAndTheLastBin(DriftAlarm answer) {
        script().batch(day(10, Double.NEGATIVE_INFINITY, -1e18, Double.POSITIVE_INFINITY, 20.0, 20.0))
                .batch(FAR_AHEAD)
                .emits(said(10, 5, psi(0.4, 0.4, 0.2, 0), true))
                .run(alarms(answer));
    }

    @Test
    @Order(8)
    void missingValuesAndThoseThatAreNoNumbersHaveTheirOwnShare(DriftAlarm answer) {
        script().batch(days(
                        day(10, 5.0, 20.0, 60.0, null, Double.NaN, Double.NaN), day(11, null, null, null, Double.NaN)))
                .emits(said(10, 6, psi(1 / 6.0, 1 / 6.0, 1 / 6.0, 0.5), true), said(11, 4, psi(0, 0, 0, 1), true))
                .run(alarms(answer));
    }

    /** Almost nothing above 50 was expected, and no missing value. */
    @Test
    @Order(9)
    void aShareBelowTheLeastCountsAsTheLeastOnBothSides(DriftAlarm answer) {
        double[] expected = {0.5, 0.49999, 0.00001, 0};
        script().batch(days(day(10, 5.0, 5.0, 60.0, 60.0), day(11, 5.0, 20.0, 5.0, 20.0)))
                .emits(
                        said(10, 4, psi(expected, 0.5, 0, 0.5, 0), true),
                        said(11, 4, psi(expected, 0.5, 0.5, 0, 0), false))
                .run(onSpark(payments -> answer.alarms(payments, EDGES, expected, LEAST)));
    }

    @Test
    @Order(10)
    void aDayWithTooFewPaymentsHasNoIndex(DriftAlarm answer) {
        script().batch(days(day(10, 60.0, 60.0, 60.0), day(11, 60.0, 60.0, null, 60.0), day(12, 5.0)))
                .emits(said(10, 3, null, null), said(11, 4, psi(0, 0, 0.75, 0.25), true), said(12, 1, null, null))
                .run(alarms(answer));
    }

    /** The values of the first day are in the middle, those of the second at both ends, with the same mean. */
    @Test
    @Order(11)
    void aDayMayMoveAndKeepItsMean(DriftAlarm answer) {
        double[] expected = {0.0, 1.0, 0.0, 0.0};
        script().batch(days(day(10, 29.0, 30.0, 31.0, 30.0), day(11, 1.0, 2.0, 57.0, 60.0)))
                .emits(said(10, 4, 0.0, false), said(11, 4, psi(expected, 0.5, 0, 0.5, 0), true))
                .run(onSpark(payments -> answer.alarms(payments, EDGES, expected, LEAST)));
    }

    /** Three of four payments in the first bin give an index of 0.275, eight of eleven 0.223. */
    @Test
    @Order(12)
    void anIndexAboveAQuarterIsAMove(DriftAlarm answer) {
        double[] expected = {0.5, 0.5, 0, 0};
        script().batch(days(
                        day(10, 5.0, 5.0, 5.0, 20.0),
                        day(11, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 20.0, 20.0, 20.0)))
                .emits(
                        said(10, 4, psi(expected, 0.75, 0.25, 0, 0), true),
                        said(11, 11, psi(expected, 8 / 11.0, 3 / 11.0, 0, 0), false))
                .run(onSpark(payments -> answer.alarms(payments, EDGES, expected, LEAST)));
    }

    @Test
    @Order(13)
    void paymentsWithoutATimeBelongToNoDayAndEqualOnesCountEach(DriftAlarm answer) {
        script().batch(day(10, 5.0, 5.0, 5.0, 60.0))
                .batch(row(null, 60.0), row(null, null), payment("2026-01-10T12:00:00Z", 5.0))
                .batch(payment("2026-01-10T12:00:00Z", 5.0))
                .batch(FAR_AHEAD)
                .emits(said(10, 6, psi(5 / 6.0, 0, 1 / 6.0, 0), true))
                .run(alarms(answer));
    }

    /** No payment of a batch is an hour behind those of the batch before: none is too late. */
    @Test
    @Order(14)
    void randomDaysHaveTheIndexOfALoop(DriftAlarm answer) {
        RandomScript.of(SCHEMA)
                .columns(COLUMNS)
                .batches(
                        3,
                        80,
                        RandomRows.of(SCHEMA)
                                .times("23:30", Duration.ofMinutes(50), Duration.ofMinutes(20))
                                .between("value", -100, 100)
                                .near("value", "10", "50")
                                .converted(
                                        (random, row) -> random.nextInt(12) == 0 ? row(row.get(0), Double.NaN) : row))
                .ending(YEARS_AHEAD)
                .run(alarms(answer), DriftAlarmCheckpoint::said);
    }

    private static List<ScriptRow> said(List<ScriptRow> payments) {
        Map<Instant, List<ScriptRow>> days = payments.stream()
                .filter(payment -> payment.get(0) != null)
                .collect(Collectors.groupingBy(
                        payment -> payment.getInstant(0).truncatedTo(ChronoUnit.DAYS),
                        TreeMap::new,
                        Collectors.toList()));
        return days.entrySet().stream()
                .map(day -> said(day.getKey(), day.getValue()))
                .toList();
    }

    private static ScriptRow said(Instant day, List<ScriptRow> payments) {
        double[] shares = new double[4];
        for (ScriptRow payment : payments) {
            Double value = (Double) payment.get(1);
            shares[value == null || value.isNaN() ? 3 : value <= 10 ? 0 : value <= 50 ? 1 : 2] += 1.0 / payments.size();
        }
        double psi = psi(shares);
        boolean isEnough = payments.size() >= LEAST;
        return row(day, payments.size(), isEnough ? psi : null, isEnough ? psi > 0.25 : null);
    }

    private static double psi(double... actual) {
        return psi(EXPECTED, actual);
    }

    private static double psi(double[] expected, double... actual) {
        double psi = 0;
        for (int i = 0; i < actual.length; i++) {
            double a = Math.max(actual[i], 0.0001);
            double e = Math.max(expected[i], 0.0001);
            psi += (a - e) * Math.log(a / e);
        }
        return psi;
    }

    private static ScriptRow said(int day, long payments, Double psi, Boolean moved) {
        return row(DAY.plus(day - 10, ChronoUnit.DAYS), payments, psi, moved);
    }

    private static RunnableAnswer alarms(DriftAlarm answer) {
        return onSpark(payments -> answer.alarms(payments, EDGES, EXPECTED, LEAST));
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(COLUMNS);
    }

    /** Payments of several days, and one that ends all of them. */
    @SafeVarargs
    private static List<ScriptRow> days(List<ScriptRow>... days) {
        return Stream.concat(Stream.of(days).flatMap(List::stream), Stream.of(FAR_AHEAD))
                .toList();
    }

    /** A day's payments, at noon. */
    private static List<ScriptRow> day(int day, Double... values) {
        return Stream.of(values)
                .map(value -> payment("2026-01-" + day + "T12:00:00Z", value))
                .toList();
    }

    private static ScriptRow payment(String time, Double value) {
        return row(Instant.parse(time), value);
    }
}
