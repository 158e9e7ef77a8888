package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;
import static workbook.check.script.Script.at;
import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.foreachBatch;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.mapreduce.JobContext;
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
import workbook.check.script.Schema;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;
import workbook.check.spark.SharedSpark;
import workbook.kit.Payment;
import workbook.kit.Scratch;
import workbook.kit.spark.PaymentRow;

@Checkpoint(IdempotentSink.class)
class IdempotentSinkCheckpoint {

    private static final ScriptRow COFFEE = payment(1, "2026-01-01T09:00:00Z", "2.50");
    private static final ScriptRow TICKET = payment(2, "2026-01-02T09:00:00Z", "49.00");
    private static final ScriptRow BOOK = payment(3, "2026-01-02T09:30:00Z", "12.00");
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
        script().batch(COFFEE, COFFEE)
                .emits(COFFEE, COFFEE)
                .batch(COFFEE)
                .emits(COFFEE, COFFEE, COFFEE)
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
        Iterator<VoidFunction2<Dataset<Row>, Long>> processes =
                List.of(failingAt(BOOK, newProcess(answer)), newProcess(answer)).iterator();
        script().batch(COFFEE)
                .emits(COFFEE)
                .batch(TICKET, BOOK)
                .sinkFails()
                .emits(COFFEE, TICKET, BOOK)
                .run(foreachBatch(processes::next, table()));
    }

    @Test
    @Order(7)
    void aBatchThatFailedRightAfterTheWriteIsNotInTheTableTwice(IdempotentSink answer) {
        Iterator<VoidFunction2<Dataset<Row>, Long>> processes = List.of(
                        failingAfterwards(newProcess(answer)), newProcess(answer))
                .iterator();
        script().batch(TICKET, BOOK)
                .sinkFails()
                .emits(TICKET, BOOK)
                .batch(COFFEE)
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
        int failing = random.nextInt(3);
        for (int batch = 0; batch < 3; batch++) {
            List<ScriptRow> payments = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> randomPayment(random))
                    .toList();
            soFar.addAll(payments);
            script.batch(payments).emits(List.copyOf(soFar));
            if (batch == failing) {
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
        return Script.of(Payment.SCHEMA).columns(Schema.of(Payment.SCHEMA).names());
    }

    private Supplier<List<Row>> table() {
        Column[] columns = Arrays.stream(PaymentRow.SCHEMA.fieldNames())
                .map(functions::col)
                .toArray(Column[]::new);
        return () ->
                SharedSpark.session().read().parquet(folder).select(columns).collectAsList();
    }

    /** A sink whose process fails at a row: a part of the batch may be written. */
    private static VoidFunction2<Dataset<Row>, Long> failingAt(ScriptRow row, VoidFunction2<Dataset<Row>, Long> sink) {
        Column failure = raise_error(lit("The script stops the process here."));
        return (batch, number) -> callUntilFailure(
                sink,
                batch.withColumn(
                        "id", when(col("id").equalTo(row.get(0)), failure).otherwise(col("id"))),
                number);
    }

    /** A sink whose process fails right after Spark has committed a write. */
    private static VoidFunction2<Dataset<Row>, Long> failingAfterwards(VoidFunction2<Dataset<Row>, Long> sink) {
        return (batch, number) -> {
            batch.sparkSession().conf().set(COMMIT, FailingAfterwards.class.getName());
            callUntilFailure(sink, batch, number);
        };
    }

    /** Calls the sink until the simulated failure. The script then fails the query as well. */
    private static void callUntilFailure(VoidFunction2<Dataset<Row>, Long> sink, Dataset<Row> batch, long number) {
        try {
            sink.call(batch, number);
        } catch (Exception e) {
            // a failed process reports nothing
        }
    }

    /** Commits the written files, as Spark does, and then fails. */
    public static final class FailingAfterwards extends SQLHadoopMapReduceCommitProtocol {

        public FailingAfterwards(String job, String path, boolean dynamic) {
            super(job, path, dynamic);
        }

        @Override
        public void commitJob(JobContext job, Seq<TaskCommitMessage> tasks) {
            super.commitJob(job, tasks);
            throw new IllegalStateException("The script stops the process here.");
        }
    }

    private static ScriptRow payment(long id, String time, String amount) {
        return row(new Payment(id, Instant.parse(time), 10, 7, new BigDecimal(amount)));
    }

    private static ScriptRow randomPayment(Random random) {
        return row(new Payment(100 + random.nextInt(20), at("09:00"), random.nextInt(2), 7, new BigDecimal("2.50")));
    }
}
