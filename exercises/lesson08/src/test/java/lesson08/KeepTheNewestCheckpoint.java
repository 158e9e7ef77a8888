package lesson08;

import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.foreachBatch;
import static workbook.check.spark.SparkAnswers.resultOfAFailingBatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.delta.TestTable;
import workbook.check.script.RandomRows;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/** The output is what the table holds, read without Spark. */
@Checkpoint(KeepTheNewest.class)
class KeepTheNewestCheckpoint {

    private static final String SCHEMA = "customer INT, version BIGINT, time TIMESTAMP, country STRING, gone BOOLEAN";

    private final TestTable table = TestTable.of(SCHEMA);

    @Test
    @Order(1)
    void aNewVersionReplacesTheOldOneInOneCommitAndOthersStay(KeepTheNewest answer) {
        List<ScriptRow> first = List.of(is(1, 1, "09:00", "NL"), is(2, 1, "09:01", "FR"));
        List<ScriptRow> second = List.of(is(1, 2, "09:10", "BE"), is(2, 1, "09:01", "FR"), is(3, 1, "09:11", "IT"));
        script().batch(first)
                .emits(first)
                .batch(is(1, 2, "09:10", "BE"), is(3, 1, "09:11", "IT"))
                .emits(second)
                .expects(
                        "versions of the table that no batch should leave",
                        0L,
                        () -> table.versionsWithout(List.of(first, second)))
                .run(sink(answer));
    }

    @Test
    @Order(2)
    void anOlderVersionOfALaterBatchChangesNothingWhateverItsTime(KeepTheNewest answer) {
        script().batch(is(1, 10, "09:00", "NL"), is(2, 10, "09:00", "FR"), is(3, 9, "09:00", "IT"))
                .emits(is(1, 10, "09:00", "NL"), is(2, 10, "09:00", "FR"), is(3, 9, "09:00", "IT"))
                .batch(is(1, 9, "08:00", "BE"), is(2, 9, "10:00", "DE"), is(3, 10, "08:00", "ES"))
                .emits(is(1, 10, "09:00", "NL"), is(2, 10, "09:00", "FR"), is(3, 10, "08:00", "ES"))
                .run(sink(answer));
    }

    @Test
    @Order(3)
    void ofSeveralVersionsInOneBatchTheHighestCounts(KeepTheNewest answer) {
        script().batch(is(1, 2, "09:00", "NL"), is(1, 1, "09:05", "BE"), is(2, 1, "09:00", "FR"))
                .emits(is(1, 2, "09:00", "NL"), is(2, 1, "09:00", "FR"))
                .batch(
                        is(1, 3, "09:10", "DE"),
                        is(1, 5, "09:08", "AT"),
                        is(1, 4, "09:12", "CH"),
                        is(1, 5, "09:08", "AT"),
                        is(2, 1, "09:00", "FR"),
                        is(3, 9, "09:00", "IT"),
                        is(3, 10, "08:00", "ES"))
                .emits(is(1, 5, "09:08", "AT"), is(2, 1, "09:00", "FR"), is(3, 10, "08:00", "ES"))
                .run(sink(answer));
    }

    /** Customer 1 leaves; an older version of 2 comes after the one with which it left; 3 leaves and comes back. */
    @Test
    @Order(4)
    void theRowOfACustomerWhoLeftStaysUntilTheCustomerComesBack(KeepTheNewest answer) {
        script().batch(is(1, 1, "09:00", "NL"), is(3, 1, "09:00", "FR"))
                .emits(is(1, 1, "09:00", "NL"), is(3, 1, "09:00", "FR"))
                .batch(left(1, 2, "09:10", "NL"), left(2, 2, "09:10", "BE"), left(3, 2, "09:10", "FR"))
                .emits(left(1, 2, "09:10", "NL"), left(2, 2, "09:10", "BE"), left(3, 2, "09:10", "FR"))
                .batch(left(1, 3, "09:30", "NL"), is(2, 1, "09:05", "BE"), is(3, 3, "09:20", "IT"))
                .emits(left(1, 3, "09:30", "NL"), left(2, 2, "09:10", "BE"), is(3, 3, "09:20", "IT"))
                .run(sink(answer));
    }

    @Test
    @Order(5)
    void rowsWithoutCustomerOrVersionAreNotKeptAndOtherNullsAre(KeepTheNewest answer) {
        ScriptRow unknown = row(1, 2, null, null, null);
        script().batch(is(1, 1, "09:00", "NL"), is(null, 1, "09:00", "BE"), is(2, null, "09:00", "FR"))
                .emits(is(1, 1, "09:00", "NL"))
                .batch(unknown, is(null, 2, "09:00", "DE"), is(3, null, "09:00", "IT"), row(0, 1, null, "", null))
                .emits(unknown, row(0, 1, null, "", null))
                .batch(
                        is(1, 3, "09:20", "NL"),
                        row(0, 3_000_000_000L, at("09:20").plusNanos(1_000), " ", null))
                .emits(
                        is(1, 3, "09:20", "NL"),
                        row(0, 3_000_000_000L, at("09:20").plusNanos(1_000), " ", null))
                .run(sink(answer));
    }

    @Test
    @Order(6)
    void aBatchThatANewProcessIsPassedAgainChangesNothing(KeepTheNewest answer) {
        script().batch(is(1, 5, "09:00", "NL"), is(2, 1, "09:00", "FR"))
                .emits(is(1, 5, "09:00", "NL"), is(2, 1, "09:00", "FR"))
                .batch(is(1, 4, "09:10", "BE"), is(2, 2, "09:10", "DE"))
                .sinkFails()
                .emits(is(1, 5, "09:00", "NL"), is(2, 2, "09:10", "DE"))
                .run(foreachBatch(() -> NewProcess.of(answer, Program.class).sink(table.folder()), table::rows));
    }

    @Test
    @Order(7)
    void aNewQueryThatCountsItsBatchesFromZeroAddsItsRows(KeepTheNewest answer) {
        script().batch(is(1, 1, "09:00", "NL")).emits(is(1, 1, "09:00", "NL")).run(sink(answer));
        script().batch(is(1, 2, "09:10", "BE"), is(2, 1, "09:10", "FR"))
                .emits(is(1, 2, "09:10", "BE"), is(2, 1, "09:10", "FR"))
                .run(sink(answer));
    }

    /** So that Spark passes the batch again: once an exception is caught, its rows are lost. */
    @Test
    @Order(8)
    void anExceptionIsPassedOn(KeepTheNewest answer) {
        script().batch(is(1, 1, "09:00", "NL"))
                .emits(is(1, 1, "09:00", "NL"))
                .expects(
                        "a batch that cannot be read",
                        "an exception",
                        () -> resultOfAFailingBatch(answer.sink(table.folder()), SCHEMA, 1))
                .expects(
                        "the same, without a table",
                        "an exception",
                        () -> resultOfAFailingBatch(
                                answer.sink(TestTable.of(SCHEMA).folder()), SCHEMA, 0))
                .run(sink(answer));
    }

    @Test
    @Order(9)
    void randomBatchesLeaveTheHighestVersionOfEachCustomer(KeepTheNewest answer) {
        Seed seed = Seed.next();
        Script script = script().title(seed.hint());
        List<ScriptRow> soFar = new ArrayList<>();
        RandomRows rows = RandomRows.of(SCHEMA)
                .between("version", 1, Long.MAX_VALUE)
                .without((row, earlier) -> Objects.equals(row.get(0), earlier.get(0))
                        && Objects.equals(row.get(1), earlier.get(1))
                        && !row.equals(earlier)); // as the task says
        for (List<ScriptRow> batch : rows.batches(seed.random(), 2, 75)) {
            soFar.addAll(batch);
            script.batch(batch).emits(newest(soFar));
        }
        script.run(sink(answer));
    }

    private static List<ScriptRow> newest(List<ScriptRow> rows) {
        Map<Integer, ScriptRow> newest = new TreeMap<>();
        BinaryOperator<ScriptRow> newer = (one, other) -> (Long) one.get(1) >= (Long) other.get(1) ? one : other;
        rows.stream()
                .filter(row -> row.get(0) != null && row.get(1) != null)
                .forEach(row -> newest.merge((Integer) row.get(0), row, newer));
        return List.copyOf(newest.values());
    }

    /** The answer, for {@link NewProcess}. */
    private interface Program {
        VoidFunction2<Dataset<Row>, Long> sink(String folder);
    }

    private RunnableAnswer sink(KeepTheNewest answer) {
        return foreachBatch(() -> answer.sink(table.folder()), table::rows);
    }

    private static Script script() {
        return Script.of(SCHEMA).columns(SCHEMA.split(", "));
    }

    private static ScriptRow is(Integer customer, Integer version, String time, String country) {
        return row(customer, version == null ? null : Long.valueOf(version), at(time), country, false);
    }

    private static ScriptRow left(int customer, long version, String time, String country) {
        return row(customer, version, at(time), country, true);
    }
}
