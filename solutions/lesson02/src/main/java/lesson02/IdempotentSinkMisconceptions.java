package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import workbook.check.diagnose.Misconception;
import workbook.kit.Payment;

/** Wrong answers to {@link IdempotentSink} that learners give. */
public final class IdempotentSinkMisconceptions {

    private IdempotentSinkMisconceptions() {}

    @Misconception(
            believed = "foreachBatch passes every batch exactly once.",
            really = "At least once. A batch is done when it is committed to the checkpoint. If the query"
                    + " fails between the last row and that commit, it passes the batch again with the same"
                    + " number.",
            concept = "Delivery guarantees")
    public static class AppendsEveryBatch extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().mode(SaveMode.Append).parquet(folder);
        }
    }

    @Misconception(
            believed = "A variable with the last number is enough to recognise a retried batch.",
            really = "The variable is lost with the process, and a failed process is the reason for retries."
                    + " Only data that is stored with the table survives.",
            concept = "Delivery guarantees")
    public static class KeepsTheLastNumberInMemory extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            AtomicLong last = new AtomicLong(-1);
            return (batch, number) -> {
                if (number > last.get()) {
                    last.set(number);
                    batch.write().mode(SaveMode.Append).parquet(folder);
                }
            };
        }
    }

    @Misconception(
            believed = "Write the rows, then store the number: every stored number has been written.",
            really = "True, but not every batch that was written has a stored number. If the process fails"
                    + " between the two, the rows are written again. Rows and number must become visible in one"
                    + " step, or the rows must replace those of the earlier attempt.",
            concept = "Delivery guarantees")
    public static class StoresTheNumberAfterTheRows extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> {
                Path note = Path.of(folder, "_written-" + number);
                if (Files.notExists(note)) {
                    batch.write().mode(SaveMode.Append).parquet(folder);
                    Files.createFile(note);
                }
            };
        }
    }

    @Misconception(
            believed = "A batch whose folder exists has been written.",
            really = "It has been started. Spark creates the folder before the first row, and an attempt that"
                    + " fails leaves it empty or incomplete. Skipping that folder loses the batch.",
            concept = "Delivery guarantees")
    public static class SkipsExistingFolders extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().mode(SaveMode.Ignore).parquet(folder + "/batch=" + number);
        }
    }

    @Misconception(
            believed = "Spark's _SUCCESS file shows whether a batch has been written: without it, append.",
            really = "Spark writes _SUCCESS after it has moved the files into place. If the process fails between the"
                    + " two, all rows are there without a mark, and the second attempt appends them again. Overwrite"
                    + " does not need to know.",
            concept = "Idempotence")
    public static class AppendsWithoutSuccessFile extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> {
                Path place = Path.of(folder, "batch=" + number);
                if (Files.notExists(place.resolve("_SUCCESS"))) {
                    batch.write().mode(SaveMode.Append).parquet(place.toString());
                }
            };
        }
    }

    @Misconception(
            believed = "A batch that cannot be written must not stop the query: log it, and continue.",
            really = "When the function returns, Spark commits the batch: its rows are lost, and the log shows it to"
                    + " nobody. An exception stops the query before the commit, and the restarted query passes the"
                    + " batch again.",
            concept = "Delivery guarantees")
    public static class LogsFailedBatches extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            VoidFunction2<Dataset<Row>, Long> sink = super.sink(folder);
            return (batch, number) -> {
                try {
                    sink.call(batch, number);
                } catch (Exception e) {
                    // it would log the error
                }
            };
        }
    }

    @Misconception(
            believed = "With a folder for each number nothing can be written twice.",
            really = "True, and therefore the second attempt fails: the default save mode is ErrorIfExists."
                    + " The query fails at the same batch after every restart.",
            concept = "Save modes")
    public static class KeepsTheDefaultSaveMode extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().parquet(folder + "/batch=" + number);
        }
    }

    @Misconception(
            believed = "Overwriting makes a sink idempotent.",
            really = "Overwrite replaces the folder in the path. If that is the table's folder, each batch"
                    + " replaces all batches before it.",
            concept = "Save modes")
    public static class OverwritesTheTable extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().mode(SaveMode.Overwrite).parquet(folder);
        }
    }

    @Misconception(
            believed = "With partitions by day and partitionOverwriteMode=dynamic, a batch replaces only its own"
                    + " rows.",
            really = "Spark replaces whole partitions. A day has rows of many batches, and each batch deletes"
                    + " the rows of the others. A batch may replace only a partition that belongs to it alone.",
            concept = "Save modes")
    public static class OverwritesTheDay extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.withColumn("day", to_date(col("time")))
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("partitionOverwriteMode", "dynamic")
                    .partitionBy("day")
                    .parquet(folder);
        }
    }

    @Misconception(
            believed = "A row that is in the table already is a duplicate.",
            really = "Equal rows need not be duplicates. Two equal payments are two payments, and one of them"
                    + " is lost. Duplicates come from a retried batch, which has the same number.",
            concept = "Deduplication")
    public static class DropsEqualPayments extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.exceptAll(
                            batch.sparkSession().read().schema(Payment.SCHEMA).parquet(folder))
                    .dropDuplicates()
                    .write()
                    .mode(SaveMode.Append)
                    .parquet(folder);
        }
    }

    @Misconception(
            believed = "foreachBatch passes only batches that have rows.",
            really = "If a filter drops all rows of a batch, foreachBatch still passes it. first() then"
                    + " throws, because there is no row. Write a batch whether it has rows or not, or check"
                    + " isEmpty() first.",
            concept = "Micro-batches")
    public static class ReadsTheFirstRow extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> {
                LocalDate day = batch.select(to_date(col("time"))).first().getLocalDate(0);
                batch.write().mode(SaveMode.Overwrite).parquet(folder + "/day=" + day + "/batch=" + number);
            };
        }
    }
}
