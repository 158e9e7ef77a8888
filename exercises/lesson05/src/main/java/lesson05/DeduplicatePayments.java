package lesson05;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Every payment once, however often it is delivered. A brick of the fraud pipeline.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * A terminal that gets no confirmation sends a payment again. The copy has the same {@code id}; its {@code time} may be
 * another one, as the terminal records it anew, but the times of a payment's copies are never more than an hour apart.
 * Whatever comes, payment or copy, is less than ten minutes behind the newest that came before. {@code id} may be null.
 *
 * <p><b>Out:</b> the payments, each with all of its columns and as it came, in append mode.
 *
 * <p><b>Which of them pass:</b> of the rows with the same id, the first to come; where they come in one batch, any one of
 * them. A row without an id cannot be recognised as anybody's copy: it passes, each time.
 *
 * <p><b>Done means:</b> besides, the state is bounded: an id of which no copy can come any more is forgotten in the end;
 * to the minute it need not be.
 *
 * <p>Check it with {@code mvn test -Dlesson=05 -Dexercise=DeduplicatePayments}; hints are in
 * {@code exercises/lesson05/hints/DeduplicatePayments.md}.
 */
public class DeduplicatePayments {

    public Dataset<Row> once(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
