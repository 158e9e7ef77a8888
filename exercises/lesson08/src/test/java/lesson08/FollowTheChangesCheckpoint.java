package lesson08;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.foreachBatch;
import static workbook.check.spark.SparkAnswers.resultOfAFailingBatch;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.delta.TestTable;
import workbook.check.script.Job;
import workbook.check.script.RandomRows;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.check.spark.SparkRows;
import workbook.kit.Payment;
import workbook.kit.Scratch;

/** Two steps follow a real table; the others pass the sink rows of a change feed. */
@Checkpoint(FollowTheChanges.class)
class FollowTheChangesCheckpoint {

    private static final String FEED =
            Payment.SCHEMA + ", _change_type STRING, _commit_version BIGINT, _commit_timestamp TIMESTAMP";
    private static final String REVENUE = "terminal INT, payments BIGINT, revenue DECIMAL(20,2)";

    private final TestTable table = TestTable.of(REVENUE);

    @Test
    @Order(1)
    void theFirstRunHasThePaymentsThatAreThereAndLaterOnesHaveTheirChanges(FollowTheChanges answer) {
        Payments payments = new Payments(answer);
        payments.execute(
                "CREATE TABLE payments USING delta AS SELECT /*+ COALESCE(1) */ bigint(id) AS id, int(terminal)"
                        + " AS terminal, CAST(amount AS DECIMAL(10,2)) AS amount"
                        + " FROM VALUES (1, 7, 10.00), (2, 7, 5.00), (3, 8, 2.00) AS (id, terminal, amount)");
        Script.of("statement STRING")
                .columns("id BIGINT", "terminal INT", "amount DECIMAL(10,2)", "change STRING")
                .batch(row("ALTER TABLE payments SET TBLPROPERTIES (delta.enableChangeDataFeed = true)"))
                .emits(row(1, 7, 10, "insert"), row(2, 7, 5, "insert"), row(3, 8, 2, "insert"))
                .batch(
                        row("UPDATE payments SET terminal = 9 WHERE id = 2"),
                        row("DELETE FROM payments WHERE id = 3"),
                        row("INSERT INTO payments VALUES (4, 7, 1.00)"))
                .emits(
                        row(1, 7, 10, "insert"),
                        row(2, 7, 5, "insert"),
                        row(3, 8, 2, "insert"),
                        row(2, 7, 5, "update_preimage"),
                        row(2, 9, 5, "update_postimage"),
                        row(3, 8, 2, "delete"),
                        row(4, 7, 1, "insert"))
                .expects("columns of the feed that are missing", List.of(), payments::missingColumns)
                .run(payments);
    }

    @Test
    @Order(2)
    void insertedPaymentsAreAddedToTheRevenueOfTheirTerminal(FollowTheChanges answer) {
        script().batch(insert(1, 7, "10.00"), insert(2, 7, "5.50"), insert(3, 8, "-2.00"))
                .emits(row(7, 2, "15.50"), row(8, 1, "-2.00"))
                .batch(insert(4, 7, "1.00"), insert(4, 7, "1.00"), insert(5, 9, "3.00"), insert(6, 6, "-4.00"))
                .emits(row(6, 1, "-4.00"), row(7, 4, "17.50"), row(8, 1, "-2.00"), row(9, 1, "3.00"))
                .batch(insert(7, 9, "99999999.99"), insert(8, 9, "99999999.99"))
                .emits(row(6, 1, "-4.00"), row(7, 4, "17.50"), row(8, 1, "-2.00"), row(9, 3, "200000002.98"))
                .run(sink(answer));
    }

    @Test
    @Order(3)
    void correctedPaymentsCountAsTheyAreNow(FollowTheChanges answer) {
        script().batch(insert(1, 7, "10.00"), insert(2, 7, "5.00"), insert(3, 8, "2.00"))
                .emits(row(7, 2, "15.00"), row(8, 1, "2.00"))
                .batch(
                        before(1, 7, "10.00"),
                        after(1, 7, "12.00"),
                        before(2, 7, "5.00"),
                        after(2, 9, "5.00"),
                        before(3, 8, "2.00"),
                        after(3, 8, "2.00"))
                .emits(row(7, 1, "12.00"), row(8, 1, "2.00"), row(9, 1, "5.00"))
                .run(sink(answer));
    }

    @Test
    @Order(4)
    void deletedPaymentsCountNoMoreAndATerminalWithoutPaymentsHasNoRow(FollowTheChanges answer) {
        List<ScriptRow> first = List.of(sum(7, 2, "15.00"), sum(8, 1, "2.00"), sum(9, 1, "1.00"));
        List<ScriptRow> second = List.of(sum(6, 1, "1.00"), sum(7, 1, "5.00"));
        script().batch(insert(1, 7, "10.00"), insert(2, 7, "5.00"), insert(3, 8, "2.00"), insert(4, 9, "1.00"))
                .emits(first)
                .batch(delete(1, 7, "10.00"), delete(3, 8, "2.00"), before(4, 9, "1.00"), after(4, 6, "1.00"))
                .emits(second)
                .expects(
                        "versions of the table that no batch should leave",
                        0L,
                        () -> table.versionsWithout(List.of(first, second)))
                .run(sink(answer));
    }

    @Test
    @Order(5)
    void paymentsWithoutTerminalOrAmountCount(FollowTheChanges answer) {
        script().batch(insert(1, null, "10.00"), insert(2, 7, null), insert(3, 7, "5.00"), insert(4, 8, null))
                .emits(row(null, 1, "10.00"), row(7, 2, "5.00"), row(8, 1, "0.00"))
                .batch(insert(5, null, "1.00"), before(3, 7, "5.00"), after(3, 7, null), insert(6, 8, "4.00"))
                .emits(row(null, 2, "11.00"), row(7, 2, "0.00"), row(8, 2, "4.00"))
                .batch(
                        insert(7, -1, "1.00"),
                        insert(8, 0, "1.00"),
                        insert(9, Integer.MIN_VALUE, "1.00"),
                        insert(null, 8, "2.00"))
                .emits(
                        row(null, 2, "11.00"),
                        row(Integer.MIN_VALUE, 1, "1.00"),
                        row(-1, 1, "1.00"),
                        row(0, 1, "1.00"),
                        row(7, 2, "0.00"),
                        row(8, 3, "6.00"))
                .run(sink(answer));
    }

    @Test
    @Order(6)
    void allChangesOfAPaymentInOneBatchCount(FollowTheChanges answer) {
        script().batch(insert(1, 7, "10.00"), insert(2, 8, "1.00"), delete(2, 8, "1.00"), insert(4, 6, "3.00"))
                .emits(row(6, 1, "3.00"), row(7, 1, "10.00"))
                .batch(
                        after(1, 9, "12.00"),
                        in(6, before(1, 9, "12.00")),
                        in(6, after(1, 9, "11.00")),
                        before(1, 7, "10.00"),
                        insert(3, 6, "2.00"),
                        delete(3, 6, "2.00"),
                        insert(5, 5, "4.00"),
                        delete(5, 5, "4.00"))
                .emits(row(6, 1, "3.00"), row(9, 1, "11.00"))
                .run(sink(answer));
    }

    @Test
    @Order(7)
    void aBatchThatANewProcessIsPassedAgainCountsOnce(FollowTheChanges answer) {
        script().batch(
                        insert(1, 7, "10.00"),
                        insert(2, 8, "1.00"),
                        insert(5, 6, "3.00"),
                        insert(6, 5, "1.00"),
                        insert(7, 5, "4.00"))
                .sinkFails()
                .emits(row(5, 2, "5.00"), row(6, 1, "3.00"), row(7, 1, "10.00"), row(8, 1, "1.00"))
                .batch(insert(3, 7, "5.00"), delete(2, 8, "1.00"), insert(4, 9, "2.00"), delete(6, 5, "1.00"))
                .sinkFails()
                .emits(row(5, 1, "4.00"), row(6, 1, "3.00"), row(7, 2, "15.00"), row(9, 1, "2.00"))
                .run(foreachBatch(() -> NewProcess.of(answer, Program.class).sink(table.folder()), table::rows));
    }

    /** So that Spark passes the batch again: once an exception is caught, its rows are lost. */
    @Test
    @Order(8)
    void anExceptionIsPassedOn(FollowTheChanges answer) {
        script().batch(insert(1, 7, "10.00"))
                .emits(row(7, 1, "10.00"))
                .expects(
                        "a batch that cannot be read",
                        "an exception",
                        () -> resultOfAFailingBatch(answer.sink(table.folder()), FEED, 1))
                .expects(
                        "the same, without a table",
                        "an exception",
                        () -> resultOfAFailingBatch(
                                answer.sink(TestTable.of(REVENUE).folder()), FEED, 0))
                .run(sink(answer));
    }

    @Test
    @Order(9)
    void randomChangesLeaveTheRevenueOfThePaymentsThatAreThere(FollowTheChanges answer) {
        Seed seed = Seed.next();
        Script script = script().title(seed.hint());
        RandomChanges changes = new RandomChanges(seed.random());
        for (int i = 0; i < 2; i++) {
            script.batch(changes.next(40)).emits(revenue(changes.payments.values()));
        }
        script.run(sink(answer));
    }

    private static List<ScriptRow> revenue(Iterable<ScriptRow> payments) {
        Map<String, ScriptRow> revenue = new TreeMap<>();
        for (ScriptRow payment : payments) {
            BigDecimal amount = payment.isNullAt(4) ? BigDecimal.ZERO : payment.getDecimal(4);
            revenue.merge(
                    String.valueOf(payment.get(3)),
                    row(payment.get(3), 1L, amount),
                    (one, other) -> row(
                            one.get(0), one.getLong(1) + 1, one.getDecimal(2).add(other.getDecimal(2))));
        }
        return List.copyOf(revenue.values());
    }

    /** A table of payments that changes at random, and its change feed. */
    private static final class RandomChanges {

        private final Map<Object, ScriptRow> payments = new HashMap<>();
        private final Random random;
        private final List<ScriptRow> rows;

        RandomChanges(Random random) {
            this.random = random;
            rows = new ArrayList<>(RandomRows.of(Payment.SCHEMA)
                    .notNull("id") // only to find the payment again
                    .unique("id")
                    .oneOf("terminal", 6, 7, 8)
                    .rows(random, 150));
        }

        /** The changes of as many commits as there are rows to take, in no particular order. */
        List<ScriptRow> next(int commits) {
            List<ScriptRow> changes = new ArrayList<>();
            for (int i = 0; i < commits; i++) {
                ScriptRow drawn = rows.remove(0);
                Object id = payments.isEmpty() || random.nextInt(2) == 0
                        ? drawn.get(0)
                        : List.copyOf(payments.keySet()).get(random.nextInt(payments.size()));
                boolean isDeleted = random.nextInt(3) == 0;
                ScriptRow old = payments.get(id);
                ScriptRow now = row(id, drawn.get(1), drawn.get(2), drawn.get(3), drawn.get(4));
                if (old == null) {
                    changes.add(change(now, "insert"));
                } else if (isDeleted) {
                    changes.add(change(old, "delete"));
                } else {
                    changes.add(change(old, "update_preimage"));
                    changes.add(change(now, "update_postimage"));
                }
                if (old != null && isDeleted) {
                    payments.remove(id);
                } else {
                    payments.put(id, now);
                }
            }
            Collections.shuffle(changes, random);
            return changes;
        }
    }

    /** Executes statements on a table of payments, and collects what the answer's stream says of them. */
    private static final class Payments implements Job {

        private final String folder = Scratch.folder("payments-").toString();
        private final Path checkpoint = Scratch.folder("checkpoint-");
        private final SparkSession spark = SharedSpark.session();
        private final List<ScriptRow> seen = new ArrayList<>();
        private final FollowTheChanges answer;

        Payments(FollowTheChanges answer) {
            this.answer = answer;
        }

        void execute(String statement) {
            spark.sql(statement.replace(" payments ", " delta.`" + folder + "` "));
        }

        @Override
        public void addInput(List<ScriptRow> statements) {
            statements.forEach(statement -> execute(statement.getString(0)));
        }

        @Override
        public void run() throws Exception {
            VoidFunction2<Dataset<Row>, Long> collect = (batch, number) -> seen.addAll(
                    SparkRows.fromSpark(batch.selectExpr("id", "terminal", "amount", "_change_type AS change")
                            .collectAsList()));
            StreamingQuery query = answer.changes(spark, folder)
                    .writeStream()
                    .option("checkpointLocation", checkpoint.toString())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch(collect)
                    .start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
        }

        List<String> missingColumns() {
            List<String> columns = new ArrayList<>(List.of("_change_type", "_commit_version", "_commit_timestamp"));
            columns.removeAll(List.of(answer.changes(spark, folder).columns()));
            return columns;
        }

        @Override
        public List<ScriptRow> output() {
            return List.copyOf(seen);
        }
    }

    /** The answer, for {@link NewProcess}. */
    private interface Program {
        VoidFunction2<Dataset<Row>, Long> sink(String folder);
    }

    private RunnableAnswer sink(FollowTheChanges answer) {
        return foreachBatch(() -> answer.sink(table.folder()), table::rows);
    }

    private static Script script() {
        return Script.of(FEED).columns(REVENUE.split(", "));
    }

    private static ScriptRow insert(Integer id, Integer terminal, String amount) {
        return change(id, terminal, amount, "insert");
    }

    private static ScriptRow before(Integer id, Integer terminal, String amount) {
        return change(id, terminal, amount, "update_preimage");
    }

    private static ScriptRow after(Integer id, Integer terminal, String amount) {
        return change(id, terminal, amount, "update_postimage");
    }

    private static ScriptRow delete(Integer id, Integer terminal, String amount) {
        return change(id, terminal, amount, "delete");
    }

    private static ScriptRow sum(int terminal, long payments, String revenue) {
        return row(terminal, payments, new BigDecimal(revenue));
    }

    private static ScriptRow in(long version, ScriptRow change) {
        List<Object> values = new ArrayList<>(change.values());
        values.set(6, version);
        return row(values.toArray());
    }

    private static ScriptRow change(Integer id, Integer terminal, String amount, String type) {
        BigDecimal money = amount == null ? null : new BigDecimal(amount);
        return id == null
                ? change(row(null, at("09:00"), null, terminal, money), type)
                : change(row(id.longValue(), at("09:00"), 10 + id % 2, terminal, money), type);
    }

    private static ScriptRow change(ScriptRow payment, String type) {
        List<Object> values = new ArrayList<>(payment.values());
        values.addAll(List.of(type, 5L, at("10:00")));
        return row(values.toArray());
    }
}
