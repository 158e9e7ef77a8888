package lesson02;

import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Writes every payment to a table once, although batches are retried. A brick of the capstone.
 *
 * <p>{@code foreachBatch} calls a function with each batch and its number. If the query fails before the batch is
 * committed to the checkpoint, the restarted query passes the same rows again with the same number. By then none, some
 * or all of them may be written.
 *
 * <p><b>In:</b> batches of payments, as {@link workbook.kit.Payment#SCHEMA} describes them, and their numbers. A batch
 * may be empty, and any column null. Payments that are equal in every column are still different payments.
 *
 * <p><b>Out:</b> Parquet files in or below a folder that is empty at first and belongs to this query alone. After each
 * batch, {@code spark.read().parquet(folder)} is a table of all payments so far, with their columns and types, to the
 * microsecond. It may have additional columns. Until there is a payment, there may be no file to read.
 *
 * <p><b>Done means:</b> each payment of each batch is in the table exactly once, however often its batch was written
 * and wherever an earlier attempt failed: during the write, right after it, or with the whole process and its memory. If
 * a batch cannot be written, the function throws: when it returns, Spark commits the batch and never passes it again.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=IdempotentSink}; hints are in
 * {@code exercises/lesson02/hints/IdempotentSink.md}.
 */
public class IdempotentSink {

    /** Returns the function that {@code foreachBatch} calls with each batch and its number. */
    public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
        throw new Unsolved();
    }
}
