package lesson05;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Emits every payment once, however often it is delivered. A brick of the fraud pipeline.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * A terminal that gets no confirmation sends a payment again. The copy has the same {@code id}. Its other columns may
 * differ: its {@code time}, for example, because the terminal records it again, but the times of a payment's copies are
 * at most an hour apart. Every row, payment or copy, is less than ten minutes behind the newest row before it. Every
 * column except {@code time} may be null. An {@code id} may be any number, also zero or negative.
 *
 * <p><b>Out:</b> the payments, each with all of its columns, unchanged, in append mode, in the batch in which they arrive.
 *
 * <p><b>Which rows to emit:</b> the first of the rows with the same id; if they arrive in one batch, any one of them. A
 * row without an id is never a copy: emit it each time.
 *
 * <p><b>Done means:</b> also, the state is bounded: as soon as a row with an id has been read that is three hours newer than
 * the first row of an id, or than a row without one, nothing of it is left in the state.
 *
 * <p>Check it with {@code mvn test -Dlesson=05 -Dexercise=DeduplicatePayments}; hints are in
 * {@code exercises/lesson05/hints/DeduplicatePayments.md}.
 */
public class DeduplicatePayments {

    public Dataset<Row> once(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
