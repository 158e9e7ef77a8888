package lesson02;

import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * How does every payment get into a table once, although batches come twice? A brick of the fraud pipeline.
 *
 * <p>{@code foreachBatch} hands each batch to a function, with its number. If the query dies before the batch is in its
 * checkpoint, the same rows come again under the same number when it starts anew: whether nothing of them had been
 * written by then, or all.
 *
 * <p><b>In:</b> batches of payments, as {@link workbook.kit.Payment#SCHEMA} describes them, and their numbers. A batch
 * may be empty. Payments that are equal in every column are still different payments.
 *
 * <p><b>Out:</b> Parquet files in or below a folder, an empty one at first, that belongs to this query alone: after each
 * batch, {@code spark.read().parquet(folder)} is a table of all payments so far. It may have other columns besides.
 *
 * <p><b>Done means:</b> each payment of each batch is in the table exactly once, however often its batch was written and
 * wherever an attempt before had died: while it was writing, right after it, or with the whole process and all its
 * memory.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=IdempotentSink}; hints are in
 * {@code exercises/lesson02/hints/IdempotentSink.md}.
 */
public class IdempotentSink {

    /** What {@code foreachBatch} calls with every batch and its number. */
    public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
        throw new Unsolved();
    }
}
