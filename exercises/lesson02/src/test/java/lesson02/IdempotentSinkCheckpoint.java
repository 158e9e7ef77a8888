package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.foreachBatch;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Seq;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewProcess;
import workbook.check.script.RandomRows;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.spark.PaymentRow;

@Checkpoint(IdempotentSink.class)
class IdempotentSinkCheckpoint {

    private static final ScriptRow COFFEE = payment(1, "2026-01-01T09:00:00.000001Z", "2.50");
    private static final ScriptRow TICKET = payment(2, "2026-01-02T09:00:00Z", "49.00");
    private static final ScriptRow BOOK = payment(3, "2026-01-02T09:30:00Z", "12.00");
    private static final ScriptRow UNKNOWN = row(4L, Instant.parse("2026-01-02T09:45:00Z"), null, 7, null);
    private static final ScriptRow NOTHING = payment(0, "2026-01-02T09:00:00Z", "0.00");

    private static final String COMMIT = "spark.sql.sources.commitProtocolClass";

    private final String folder = Scratch.folder("table-").toString();

    @Test
    @Order(1)
    void everyPaymentOfEveryBatchIsInTheTable(IdempotentSink answer) {
        script().batch(COFFEE, TICKET)
                .emits(COFFEE, TICKET)
                .batch(BOOK)
                .emits(COFFEE, TICKET, BOOK)
                .run(foreachBatch(() -> answer.sink(folder), table()));
    }

    @Test
    @Order(2)
    void equalPaymentsAreDifferentPayments(IdempotentSink answer) {
        script().batch(COFFEE, COFFEE, UNKNOWN)
                .emits(COFFEE, COFFEE, UNKNOWN)
                .batch(COFFEE)
                .emits(COFFEE, COFFEE, UNKNOWN, COFFEE)
                .run(foreachBatch(() -> answer.sink(folder), table()));
    }

    /** A filter before the sink drops all rows of the second batch. */
    @Test
    @Order(3)
    void anEmptyBatchChangesNothing(IdempotentSink answer) {
        script().batch(COFFEE)
                .emits(COFFEE)
                .batch(NOTHING)
                .emits(COFFEE)
                .batch(TICKET)
                .emits(COFFEE, TICKET)
                .run(foreachBatch(
                        () -> {
                            VoidFunction2<Dataset<Row>, Long> sink = answer.sink(folder);
                            return (batch, number) -> sink.call(batch.where("id > 0"), number);
                        },
                        table()));
    }

    @Test
    @Order(4)
    void aRetriedBatchIsNotInTheTableTwice(IdempotentSink answer) {
        VoidFunction2<Dataset<Row>, Long> sink = answer.sink(folder);
        script().batch(COFFEE, TICKET)
                .emits(COFFEE, TICKET)
                .batch(BOOK)
                .sinkFails()
                .emits(COFFEE, TICKET, BOOK)
                .batch(TICKET)
                .emits(COFFEE, TICKET, BOOK, TICKET)
                .run(foreachBatch(() -> sink, table()));
    }

    @Test
    @Order(5)
    void aBatchRetriedByANewProcessIsNotInTheTableTwice(IdempotentSink answer) {
        script().batch(COFFEE, TICKET)
                .emits(COFFEE, TICKET)
                .batch(BOOK)
                .sinkFails()
                .emits(COFFEE, TICKET, BOOK)
                .batch(TICKET)
                .emits(COFFEE, TICKET, BOOK, TICKET)
                .run(foreachBatch(() -> newProcess(answer), table()));
    }

    @Test
    @Order(6)
    void aBatchThatFailedDuringTheWriteIsCompleteAfterTheRetry(IdempotentSink answer) {
        AtomicBoolean hasReturned = new AtomicBoolean();
        Iterator<VoidFunction2<Dataset<Row>, Long>> processes = List.of(
                        failingAt(BOOK, newProcess(answer), hasReturned), newProcess(answer))
                .iterator();
        script().batch(COFFEE)
                .emits(COFFEE)
                .batch(TICKET, BOOK)
                .sinkFails()
                .emits(COFFEE, TICKET, BOOK)
                .run(foreachBatch(processes::next, table()));
        if (hasReturned.get()) {
            throw new AssertionError("""
                    A batch could not be written, and the function returned without an exception. Spark then commits the
                    batch and does not pass it again: its payments are lost.""");
        }
    }

    @Test
    @Order(7)
    void aBatchThatFailedRightAfterTheWriteIsNotInTheTableTwice(IdempotentSink answer) {
        Iterator<VoidFunction2<Dataset<Row>, Long>> processes = List.of(
                        failingAfterwards(newProcess(answer)),
                        failingBeforeSuccess(newProcess(answer)),
                        newProcess(answer))
                .iterator();
        script().batch(TICKET, BOOK)
                .sinkFails()
                .emits(TICKET, BOOK)
                .batch(COFFEE)
                .sinkFails()
                .emits(COFFEE, TICKET, BOOK)
                .run(foreachBatch(processes::next, table()));
    }

    @Test
    @Order(8)
    void everyPaymentOfRandomBatchesIsInTheTableOnce(IdempotentSink answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        Script script = script().title(seed.hint());
        List<ScriptRow> soFar = new ArrayList<>();
        List<List<ScriptRow>> batches = RandomRows.of(Payment.SCHEMA).batches(random, 3, 40);
        int failing = random.nextInt(3);
        for (List<ScriptRow> payments : batches) {
            soFar.addAll(payments);
            script.batch(payments).emits(List.copyOf(soFar));
            if (payments == batches.get(failing)) {
                script.sinkFails();
            }
        }
        script.run(foreachBatch(() -> newProcess(answer), table()));
    }

    /** The answer, for {@link NewProcess}. */
    private interface Program {
        VoidFunction2<Dataset<Row>, Long> sink(String folder);
    }

    /** The function of a new process, which has neither objects nor static fields of the process before. */
    private VoidFunction2<Dataset<Row>, Long> newProcess(IdempotentSink answer) {
        return NewProcess.of(answer, Program.class).sink(folder);
    }

    private static Script script() {
        return Script.of(Payment.SCHEMA).columns(Payment.SCHEMA.split(", "));
    }

    private Supplier<List<Row>> table() {
        Column[] columns = Arrays.stream(PaymentRow.SCHEMA.fieldNames())
                .map(functions::col)
                .toArray(Column[]::new);
        return () ->
                SharedSpark.session().read().parquet(folder).select(columns).collectAsList();
    }

    /** A sink whose process fails at a row: a part of the batch may be written. */
    private static VoidFunction2<Dataset<Row>, Long> failingAt(
            ScriptRow row, VoidFunction2<Dataset<Row>, Long> sink, AtomicBoolean hasReturned) {
        Column failure = raise_error(lit("The script stops the process here."));
        return (batch, number) -> {
            Column id = when(col("id").equalTo(row.get(0)), failure).otherwise(col("id"));
            hasReturned.set(callUntilFailure(sink, batch.withColumn("id", id), number));
        };
    }

    /** A sink whose process fails right after Spark has committed the write of batch 0. */
    private static VoidFunction2<Dataset<Row>, Long> failingAfterwards(VoidFunction2<Dataset<Row>, Long> sink) {
        return committing(sink, 0, FailingAfterwards.class);
    }

    /** A sink whose process fails when the files of batch 1 are in place, and the _SUCCESS file is not. */
    private static VoidFunction2<Dataset<Row>, Long> failingBeforeSuccess(VoidFunction2<Dataset<Row>, Long> sink) {
        return committing(sink, 1, FailingBeforeSuccess.class);
    }

    private static VoidFunction2<Dataset<Row>, Long> committing(
            VoidFunction2<Dataset<Row>, Long> sink, long failing, Class<?> commit) {
        return (batch, number) -> {
            if (number == failing) {
                batch.sparkSession().conf().set(COMMIT, commit.getName());
                callUntilFailure(sink, batch, number);
            } else {
                sink.call(batch, number);
            }
        };
    }

    /** Calls the sink until the simulated failure; the script then fails the query as well. Returns whether none came. */
    private static boolean callUntilFailure(VoidFunction2<Dataset<Row>, Long> sink, Dataset<Row> batch, long number) {
        try {
            sink.call(batch, number);
            return true;
        } catch (Exception e) {
            return false; // a failed process reports nothing
        }
    }

    /** Commits the written files, as Spark does, and then fails. */
    public static class FailingAfterwards extends SQLHadoopMapReduceCommitProtocol {

        public FailingAfterwards(String job, String path, boolean dynamic) {
            super(job, path, dynamic);
        }

        @Override
        public void commitJob(JobContext job, Seq<TaskCommitMessage> tasks) {
            super.commitJob(job, tasks);
            throw new IllegalStateException("The script stops the process here.");
        }
    }

    /** Moves the written files into place, and fails before it writes _SUCCESS. */
    public static final class FailingBeforeSuccess extends FailingAfterwards {

        public FailingBeforeSuccess(String job, String path, boolean dynamic) {
            super(job, path, dynamic);
        }

        @Override
        public void commitJob(JobContext job, Seq<TaskCommitMessage> tasks) {
            job.getConfiguration().setBoolean(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, false);
            super.commitJob(job, tasks);
        }
    }

    private static ScriptRow payment(long id, String time, String amount) {
        return row(new Payment(id, Instant.parse(time), 10, 7, new BigDecimal(amount)));
    }
}
