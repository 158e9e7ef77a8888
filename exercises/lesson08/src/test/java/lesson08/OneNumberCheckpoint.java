package lesson08;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lesson08.OneNumber.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
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

/** The days are the ninth, tenth and eleventh of January. A run finishes three hours after midnight. */
@Checkpoint(OneNumber.class)
class OneNumberCheckpoint {

    private static final String SUMS = "day DATE, terminal INT, payments BIGINT, revenue DECIMAL(20,2)";
    private static final String BATCH = "upTo BIGINT, finished TIMESTAMP, " + SUMS;
    private static final String SPEED = "since BIGINT, until BIGINT, " + SUMS;
    private static final String[] COLUMNS = {
        "day DATE", "terminal INT", "payments BIGINT", "revenue DECIMAL", "mean DOUBLE"
    };
    private static final String LOG = "position BIGINT, time TIMESTAMP, terminal INT, amount DECIMAL(10,2)";

    private static final LocalDate NINTH = LocalDate.parse("2026-01-09");
    private static final LocalDate TENTH = LocalDate.parse("2026-01-10");
    private static final Instant NIGHT = Instant.parse("2026-01-11T03:00:00Z");

    @Test
    @Order(1)
    void theRevenueIsThatOfTheRunAndOfTheMicroBatchesAfterIt(OneNumber answer) {
        lambda().batch(run(10, NIGHT, NINTH, 1, 4, "40.00"), run(10, NIGHT, TENTH, 1, 5, "10.00"))
                .in(
                        "speedView",
                        speed(0, 5, NINTH, 1, 4, "40.00"),
                        speed(0, 5, TENTH, 1, 2, "4.00"),
                        speed(5, 10, TENTH, 1, 3, "6.00"),
                        speed(10, 15, TENTH, 1, 2, "18.00"),
                        speed(10, 15, TENTH, 2, 3, "9.00"),
                        speed(15, 20, TENTH, 1, 1, "12.00"),
                        speed(15, 20, TENTH.plusDays(1), 2, 4, "8.00"))
                .emits(
                        sum(NINTH, 1, 4, "40.00", 10),
                        sum(TENTH, 1, 8, "40.00", 5),
                        sum(TENTH, 2, 3, "9.00", 3),
                        sum(TENTH.plusDays(1), 2, 4, "8.00", 2))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(2)
    void aPaymentOfAnEarlierDayThatArrivesAfterTheRunCounts(OneNumber answer) {
        lambda().batch(
                        run(10, NIGHT, NINTH, 1, 4, "40.00"),
                        run(10, NIGHT, TENTH, 1, 5, "10.00"),
                        run(10, NIGHT, TENTH.plusDays(1), 1, 1, "7.00"))
                .in(
                        "speedView",
                        speed(0, 10, NINTH, 1, 4, "40.00"),
                        speed(10, 20, NINTH, 1, 1, "10.00"),
                        speed(10, 20, NINTH.minusDays(9), 1, 1, "30.00"))
                .emits(
                        sum(NINTH.minusDays(9), 1, 1, "30.00", 30),
                        sum(NINTH, 1, 5, "50.00", 10),
                        sum(TENTH, 1, 5, "10.00", 2),
                        sum(TENTH.plusDays(1), 1, 1, "7.00", 7))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(3)
    void eitherViewMayBeEmpty(OneNumber answer) {
        lambda().batch(List.of())
                .in("speedView", speed(0, 5, TENTH, 1, 2, "8.00"), speed(5, 9, TENTH, 1, 2, "4.00"))
                .emits(sum(TENTH, 1, 4, "12.00", 3))
                .run(new ViewsJob(answer));
        lambda().batch(run(10, NIGHT, TENTH, 1, 4, "12.00"))
                .emits(sum(TENTH, 1, 4, "12.00", 3))
                .run(new ViewsJob(answer));
        lambda().batch(List.of()).emitsNothing().run(new ViewsJob(answer));
    }

    /**
     * The run over a smaller part was repeated, and finished after that over the larger one. The micro-batches between the two
     * are deleted.
     */
    @Test
    @Order(4)
    void theRunThatHasReadTheMostCounts(OneNumber answer) {
        lambda().batch(
                        run(5, NIGHT.plusSeconds(60), TENTH, 1, 3, "6.00"),
                        run(10, NIGHT, TENTH, 1, 5, "10.00"),
                        run(10, NIGHT, TENTH, 2, 1, "1.00"),
                        run(5, NIGHT.minusSeconds(60), TENTH, 1, 3, "7.00"))
                .in("speedView", speed(10, 15, TENTH, 1, 5, "20.00"))
                .emits(sum(TENTH, 1, 10, "30.00", 3), sum(TENTH, 2, 1, "1.00", 1))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(5)
    void ofRunsOverTheSamePartTheOneThatFinishedLastCounts(OneNumber answer) {
        lambda().batch(
                        run(10, NIGHT.plusSeconds(60), TENTH, 1, 5, "20.00"),
                        run(10, NIGHT, TENTH, 1, 5, "10.00"),
                        run(10, NIGHT, NINTH, 9, 1, "99.00"),
                        run(10, NIGHT.plusSeconds(60), TENTH, 2, 1, "1.00"))
                .in("speedView", speed(10, 15, TENTH, 1, 5, "20.00"))
                .emits(sum(TENTH, 1, 10, "40.00", 4), sum(TENTH, 2, 1, "1.00", 1))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(6)
    void aRepeatedMicroBatchCountsOnceAndEqualOnesCountBoth(OneNumber answer) {
        lambda().batch(run(10, NIGHT, TENTH, 1, 5, "10.00"))
                .in(
                        "speedView",
                        speed(10, 15, TENTH, 1, 2, "10.00"),
                        speed(10, 15, TENTH, 2, 1, "1.00"),
                        speed(15, 20, TENTH, 1, 2, "10.00"),
                        speed(10, 15, TENTH, 1, 2, "10.00"),
                        speed(10, 15, TENTH, 2, 1, "1.00"),
                        speed(20, 25, TENTH, 3, 2, "10.00"))
                .emits(sum(TENTH, 1, 9, "30.00", 30 / 9.0), sum(TENTH, 2, 1, "1.00", 1), sum(TENTH, 3, 2, "10.00", 5))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(7)
    void paymentsWithoutADayOrATerminalHaveTheirRows(OneNumber answer) {
        lambda().batch(
                        run(10, NIGHT, TENTH, null, 5, "10.00"),
                        run(10, NIGHT, null, 1, 1, "1.00"),
                        run(10, NIGHT, null, null, 1, "2.00"))
                .in(
                        "speedView",
                        speed(10, 15, TENTH, null, 5, "20.00"),
                        speed(10, 15, null, 1, 1, "3.00"),
                        speed(15, 20, null, null, 1, "4.00"),
                        speed(15, 20, TENTH, 0, 1, "5.00"))
                .emits(
                        sum(TENTH, null, 10, "30.00", 3),
                        sum(null, 1, 2, "4.00", 2),
                        sum(null, null, 2, "6.00", 3),
                        sum(TENTH, 0, 1, "5.00", 5))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(8)
    void revenueIsNullOnlyIfNoPaymentHasAnAmount(OneNumber answer) {
        lambda().batch(
                        run(10, NIGHT, TENTH, 1, 1, null),
                        run(10, NIGHT, TENTH, 2, 1, "-4.00"),
                        run(10, NIGHT, TENTH, 3, 2, null),
                        run(10, NIGHT, TENTH, 4, 2, null))
                .in(
                        "speedView",
                        speed(10, 15, TENTH, 1, 1, "8.00"),
                        speed(10, 15, TENTH, 2, 1, null),
                        speed(10, 15, TENTH, 3, 1, null),
                        speed(15, 20, TENTH, 2, 2, "4.00"))
                .emits(
                        sum(TENTH, 1, 2, "8.00", 4),
                        sum(TENTH, 2, 4, "0.00", 0),
                        sum(TENTH, 3, 3, null, null),
                        sum(TENTH, 4, 2, null, null))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(9)
    void sumsAreExact(OneNumber answer) {
        lambda().batch(run(10, NIGHT, TENTH, 1, 3_000_000_000L, "900000000000000000.02"))
                .in("speedView", speed(10, 15, TENTH, 1, 1, "0.01"), speed(15, 20, TENTH, 1, 1, "99999999999999999.99"))
                .emits(sum(TENTH, 1, 3_000_000_002L, "1000000000000000000.02", 1e18 / 3_000_000_002L))
                .run(new ViewsJob(answer));
    }

    @Test
    @Order(10)
    void everyPaymentOfARandomLogCountsOnce(OneNumber answer) {
        RandomRows rows = RandomRows.of(LOG)
                .times("20:00", Duration.ofHours(50))
                .unique("position")
                .notNull("position")
                .oneOf("terminal", 1, 2, 3, 4);
        RandomScript.of(LOG)
                .columns(COLUMNS)
                .batches(random -> List.of(numbered(rows.rows(random, 100))))
                .run(() -> new LogJob(answer), OneNumberCheckpoint::served);
    }

    @Test
    @Order(11)
    void theNewTableIsServedAsSoonAsItHasCaughtUpAndTheOldOneIsDropped(OneNumber answer) {
        kappa().batch(wrote("v1", 10))
                .emitsNothing()
                .batch(wrote("v2", 0))
                .emitsNothing()
                .batch(wrote("v2", 9))
                .emitsNothing()
                .batch(wrote("v1", 15), wrote("v2", 14))
                .emitsNothing()
                .batch(wrote("v2", 15))
                .emitsInOrder(row("serve", "v2"), row("drop", "v1"))
                .batch(wrote("v2", 20))
                .emitsInOrder(row("serve", "v2"), row("drop", "v1"))
                .run(new TablesJob(answer, ""));
    }

    @Test
    @Order(12)
    void aTableThatHasReadMoreHasCaughtUpToo(OneNumber answer) {
        kappa().batch(wrote("v1", 10), wrote("v2", 11))
                .emitsInOrder(row("serve", "v2"), row("drop", "v1"))
                .run(new TablesJob(answer, ""));
        kappa().batch(wrote("v1", 0), wrote("v2", 0))
                .emitsInOrder(row("serve", "v2"), row("drop", "v1"))
                .run(new TablesJob(answer, ""));
    }

    @Test
    @Order(13)
    void aCallThatFailedIsFinishedByTheNext(OneNumber answer) {
        // v2 is served, so v1 is dropped, although its job has written more meanwhile
        kappa().batch(wrote("v1", 10), wrote("v2", 10))
                .emitsInOrder(row("drop fails", "v1"))
                .batch(wrote("v1", 12), wrote("v2", 11))
                .emitsInOrder(row("drop fails", "v1"), row("drop", "v1"))
                .batch(wrote("v2", 12))
                .run(new TablesJob(answer, "drop").startingWith("v2"));
        kappa().batch(wrote("v1", 10), wrote("v2", 10))
                .emitsInOrder(row("serve", "v2"), row("drop fails", "v1"))
                .batch(wrote("v1", 12), wrote("v2", 11))
                .emitsInOrder(row("serve", "v2"), row("drop fails", "v1"), row("drop", "v1"))
                .run(new TablesJob(answer, "drop"));
        kappa().batch(wrote("v1", 10), wrote("v2", 10))
                .emitsInOrder(row("serve fails", "v2"))
                .batch(wrote("v1", 11))
                .emitsInOrder(row("serve fails", "v2"))
                .batch(wrote("v2", 11))
                .emitsInOrder(row("serve fails", "v2"), row("serve", "v2"), row("drop", "v1"))
                .run(new TablesJob(answer, "serve"));
    }

    private static Script lambda() {
        return Script.of("batchView", BATCH).and("speedView", SPEED).columns(COLUMNS);
    }

    private static Script kappa() {
        return Script.of("table STRING, upTo BIGINT").columns("change", "table");
    }

    private static ScriptRow run(
            long upTo, Instant finished, LocalDate day, Integer terminal, long payments, String revenue) {
        return row(upTo, finished, day, terminal, payments, revenue);
    }

    private static ScriptRow speed(
            long since, long until, LocalDate day, Integer terminal, long payments, String revenue) {
        return row(since, until, day, terminal, payments, revenue);
    }

    private static ScriptRow sum(LocalDate day, Integer terminal, long payments, String revenue, Number mean) {
        return row(
                day,
                terminal,
                payments,
                revenue == null ? null : new BigDecimal(revenue),
                mean == null ? null : mean.doubleValue());
    }

    private static ScriptRow wrote(String table, long upTo) {
        return row(table, upTo);
    }

    /** The log in its order: positions 0, 1, 2, … */
    private static List<ScriptRow> numbered(List<ScriptRow> log) {
        List<ScriptRow> numbered = new ArrayList<>();
        for (ScriptRow payment : log) {
            numbered.add(row((long) numbered.size(), payment.get(1), payment.get(2), payment.get(3)));
        }
        return numbered;
    }

    private static List<ScriptRow> served(List<ScriptRow> log) {
        return sums(log, payment -> true).stream()
                .map(sum -> row(sum.get(0), sum.get(1), sum.get(2), sum.get(3), mean(sum)))
                .toList();
    }

    private static Double mean(ScriptRow sum) {
        return sum.get(3) == null ? null : sum.getDecimal(3).doubleValue() / sum.getLong(2);
    }

    private record Group(LocalDate day, Integer terminal) {

        static Group of(ScriptRow payment) {
            LocalDate day = payment.get(1) == null
                    ? null
                    : payment.getInstant(1).atZone(ZoneOffset.UTC).toLocalDate();
            return new Group(day, (Integer) payment.get(2));
        }
    }

    /** A row for each day and terminal, as in a view, of the payments at some positions. */
    private static List<ScriptRow> sums(List<ScriptRow> log, Predicate<Long> position) {
        Map<Group, List<ScriptRow>> groups = new LinkedHashMap<>();
        log.stream()
                .filter(payment -> position.test(payment.getLong(0)))
                .forEach(payment -> groups.computeIfAbsent(Group.of(payment), any -> new ArrayList<>())
                        .add(payment));
        return groups.entrySet().stream()
                .map(group -> row(
                        group.getKey().day(),
                        group.getKey().terminal(),
                        (long) group.getValue().size(),
                        group.getValue().stream()
                                .map(payment -> payment.getDecimal(3))
                                .filter(Objects::nonNull)
                                .reduce(BigDecimal::add)
                                .orElse(null)))
                .toList();
    }

    /** Runs the answer on two views. */
    private static class ViewsJob implements Job {

        private final OneNumber answer;
        private List<ScriptRow> batch = List.of();
        private List<ScriptRow> speed = List.of();
        private List<ScriptRow> output;

        ViewsJob(OneNumber answer) {
            this.answer = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            views(
                    rows.stream().filter(row -> isOfARun(row)).toList(),
                    rows.stream().filter(row -> !isOfARun(row)).toList());
        }

        private static boolean isOfARun(ScriptRow row) {
            return row.get(1) instanceof Instant; // finished
        }

        void views(List<ScriptRow> batchRows, List<ScriptRow> speedRows) {
            batch = batchRows;
            speed = speedRows;
        }

        @Override
        public void run() {
            Dataset<Row> served = answer.serve(table(BATCH, batch), table(SPEED, speed));
            output = SparkRows.fromSpark(served.collectAsList());
        }

        private static Dataset<Row> table(String schema, List<ScriptRow> rows) {
            return SharedSpark.session().createDataFrame(SparkRows.toSpark(rows), StructType.fromDDL(schema));
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }

    /**
     * Computes the views of a log as the task describes: runs up to the positions 40, with a bug, 60 and 40 again, micro-batches
     * of ten positions, of which the first five are deleted and two are repeated.
     */
    private static final class LogJob extends ViewsJob {

        LogJob(OneNumber answer) {
            super(answer);
        }

        @Override
        public void addInput(List<ScriptRow> log) {
            List<ScriptRow> batch = new ArrayList<>();
            run(batch, log.subList(0, log.size() / 2), 40, NIGHT.minusSeconds(90_000));
            run(batch, log, 60, NIGHT);
            run(batch, log, 40, NIGHT.plusSeconds(60));
            List<ScriptRow> speed = new ArrayList<>();
            for (long since : new long[] {70, 50, 60, 90, 80, 70, 50}) {
                sums(log, position -> position >= since && position < since + 10).stream()
                        .map(sum -> joined(since, since + 10, sum))
                        .forEach(speed::add);
            }
            views(batch, speed);
        }

        private static void run(List<ScriptRow> view, List<ScriptRow> log, long upTo, Instant finished) {
            sums(log, position -> position < upTo).stream()
                    .map(sum -> joined(upTo, finished, sum))
                    .forEach(view::add);
        }

        private static ScriptRow joined(Object first, Object second, ScriptRow sum) {
            return ScriptRow.of(Stream.concat(Stream.of(first, second), sum.values().stream())
                    .toArray());
        }
    }

    /** Runs the answer whenever a job has written. The output is what it has changed. */
    private static final class TablesJob implements Job, Tables {

        private final OneNumber answer;
        private final Map<String, Long> tables = new TreeMap<>();
        private final List<ScriptRow> changes = new ArrayList<>();
        private String failing;
        private String served = "v1";
        private boolean isThrown;

        /** @param failing the call that fails once, {@code serve} or {@code drop} */
        TablesJob(OneNumber answer, String failing) {
            this.answer = answer;
            this.failing = failing;
        }

        TablesJob startingWith(String table) {
            served = table;
            return this;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            rows.forEach(row -> tables.put(row.getString(0), row.getLong(1)));
        }

        @Override
        public void run() {
            isThrown = false;
            try {
                answer.replace(this, "v1", "v2");
            } catch (UnreachableTables e) {
                return;
            }
            if (isThrown) {
                throw new AssertionError(
                        "A call of Tables threw an exception, and replace returned without one. Nobody notices the failure.");
            }
        }

        @Override
        public List<ScriptRow> output() {
            return changes;
        }

        @Override
        public OptionalLong upTo(String table) {
            Long upTo = tables.get(table);
            return upTo == null ? OptionalLong.empty() : OptionalLong.of(upTo);
        }

        @Override
        public String served() {
            return served;
        }

        @Override
        public void serve(String table) {
            change(table.equals(served) ? "serve again" : "serve", table);
            served = table;
        }

        @Override
        public void drop(String table) {
            change("drop", table);
            if (tables.remove(table) == null) {
                throw new IllegalStateException("There is no table " + table + ".");
            }
        }

        private void change(String change, String table) {
            boolean fails = change.equals(failing);
            changes.add(row(fails ? change + " fails" : change, table));
            if (fails) {
                failing = "";
                isThrown = true;
                throw new UnreachableTables();
            }
        }
    }

    private static final class UnreachableTables extends IllegalStateException {
        UnreachableTables() {
            super("The catalog of tables cannot be reached.");
        }
    }
}
