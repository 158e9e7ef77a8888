package lesson06;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * {@link #leaking} returns the right result, but every day it needs more memory than the day before. Which rows does it
 * never remove? Fix it.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them: {@code id} bigint,
 * {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2). They are not
 * ordered by time. A sender without an acknowledgement sends its payment again, once or several times, sooner or later;
 * the row is the same in every column. Different payments have different ids. No column is null; an amount may be zero or,
 * for a refund, negative.
 *
 * <p><b>Out:</b> in append mode, the output of {@link #leaking}: {@code hour} timestamp, {@code terminal} int,
 * {@code revenue} decimal, one row for each full hour of event time, UTC, and each terminal.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>the output is the same, and each row is emitted after the same batch: an hour is emitted when a payment has
 *     arrived that is at least thirty minutes later than the end of the hour, and until then every payment of that hour
 *     counts, once, however late it is;
 * <li>an hour that has been emitted leaves nothing in the state, nor does a payment that arrives too late for it.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=FindTheLeak}; hints are in
 * {@code exercises/lesson06/hints/FindTheLeak.md}.
 */
public class FindTheLeak {

    /** The query with the leak. */
    public static Dataset<Row> leaking(Dataset<Row> payments) {
        return payments.dropDuplicates("id")
                .withWatermark("time", "30 minutes")
                .groupBy(window(col("time"), "1 hour").as("hours"), col("terminal"))
                .agg(sum("amount").as("revenue"))
                .select(col("hours.start").as("hour"), col("terminal"), col("revenue"));
    }

    /** The same query without the leak. */
    public Dataset<Row> fixed(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
