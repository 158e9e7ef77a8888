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

/** Wrong answers to {@link IdempotentSink} that people really give. */
public final class IdempotentSinkMisconceptions {

    private IdempotentSinkMisconceptions() {}

    @Misconception(
            believed = "foreachBatch hands over every batch exactly once.",
            really =
                    "At least once. A batch counts as done when it is in the checkpoint, and between the last row and that"
                            + " entry a query can die. Then the batch comes again, under the same number.",
            concept = "Delivery guarantees")
    public static class AppendsBlindly extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().mode(SaveMode.Append).parquet(folder);
        }
    }

    @Misconception(
            believed = "A variable that holds the last number is enough to recognise a batch that comes again.",
            really =
                    "It is gone with the process, and a process that died is why batches come again. Only what lies where"
                            + " the table lies is still known afterwards.",
            concept = "Delivery guarantees")
    public static class RemembersTheLastNumber extends IdempotentSink {
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
            believed = "First the rows, then a note of the number: whatever is noted has been written.",
            really =
                    "True, but not everything that has been written is noted. A process that dies between the two leaves"
                            + " rows without a note, and they are written again. Rows and number must become visible in one"
                            + " step, or the rows must replace what is there.",
            concept = "Delivery guarantees")
    public static class NotesTheNumberAfterwards extends IdempotentSink {
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
            believed = "A batch whose number is known has been written.",
            really =
                    "It has been begun. The folder is made before the first row, and an attempt that died in between leaves"
                            + " it behind, empty or half full. Whoever skips it loses the batch.",
            concept = "Delivery guarantees")
    public static class SkipsWhatIsThere extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().mode(SaveMode.Ignore).parquet(folder + "/batch=" + number);
        }
    }

    @Misconception(
            believed = "With a folder for each number nothing can be written twice.",
            really =
                    "Right, and so the second attempt fails, because the mode is ErrorIfExists where nothing is said. The"
                            + " query dies of the same batch after every start.",
            concept = "Save modes")
    public static class KeepsTheUsualMode extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().parquet(folder + "/batch=" + number);
        }
    }

    @Misconception(
            believed = "Overwriting makes a sink idempotent.",
            really =
                    "What is overwritten is the folder that is named. If that is the table, each batch replaces all those"
                            + " before it.",
            concept = "Save modes")
    public static class OverwritesTheTable extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> batch.write().mode(SaveMode.Overwrite).parquet(folder);
        }
    }

    @Misconception(
            believed =
                    "Partitioned by day and with partitionOverwriteMode=dynamic, only what the batch brings is replaced.",
            really =
                    "A partition is replaced whole. A day comes in many batches, and each of them deletes what the others"
                            + " had brought of it. What is replaced must belong to the batch alone.",
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
            believed = "A row that is in the table already is a repetition.",
            really =
                    "Rows that look alike need not be the same. Two equal payments are two payments, and one of them is lost."
                            + " What comes again is a batch, and a batch is known by its number.",
            concept = "Deduplication")
    public static class LeavesOutWhatLooksAlike extends IdempotentSink {
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
            believed = "A batch is only handed over if there is something in it.",
            really =
                    "A batch of which a filter leaves nothing is a batch all the same, and is handed over. first() then has"
                            + " no row to give, and throws. Let a batch be written whatever it holds, or ask isEmpty() before.",
            concept = "Micro-batches")
    public static class AsksTheFirstRow extends IdempotentSink {
        @Override
        public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
            return (batch, number) -> {
                LocalDate day = batch.select(to_date(col("time"))).first().getLocalDate(0);
                batch.write().mode(SaveMode.Overwrite).parquet(folder + "/day=" + day + "/batch=" + number);
            };
        }
    }
}
