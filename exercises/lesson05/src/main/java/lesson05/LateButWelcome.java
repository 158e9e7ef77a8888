package lesson05;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import workbook.check.Unsolved;

/**
 * Sums the daily revenue of a chain of shops, some of which are often offline. You compute how long to wait for them
 * from a record of how payments have arrived.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * {@code time} and {@code amount} are never null, the others may be. An amount may be zero or, for a refund, negative; every
 * row counts, also one that equals another. And a table, the record
 * of earlier payments, at least one, without nulls and in any order:
 * <table>
 * <caption>Columns of the record</caption>
 * <tr><td>{@code time}</td><td>timestamp</td><td>event time, in whole seconds</td></tr>
 * <tr><td>{@code arrived}</td><td>timestamp</td><td>when the payment arrived; no two at the same time, but
 *     several in a second</td></tr>
 * </table>
 * The shops are in India, and the session's time zone is {@code Asia/Kolkata}, five and a half hours ahead of UTC all
 * year.
 *
 * <p><b>Out:</b> one row for each day, in India, with a payment:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code day}</td><td>timestamp</td><td>the start of the day: midnight in India, which is 18:30 UTC</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal</td><td>the sum of the amounts, also if it is zero or
 *     negative</td></tr>
 * </table>
 *
 * <p><b>The watermark's delay:</b> the shortest one, in whole seconds, with which none of the record's payments, read
 * as a stream, could be older than the watermark on arrival, wherever the batches end. A payment as old as the
 * watermark is not older.
 *
 * <p><b>Done means:</b> a day is emitted once, as soon as the watermark has reached its end, and its state is then
 * deleted. {@link #mode} is the output mode in which your query does that.
 *
 * <p>Check it with {@code mvn test -Dlesson=05 -Dexercise=LateButWelcome}; hints are in
 * {@code exercises/lesson05/hints/LateButWelcome.md}.
 */
public class LateButWelcome {

    public Dataset<Row> revenue(Dataset<Row> payments, Dataset<Row> record) {
        throw new Unsolved();
    }

    /** {@code OutputMode.Append()}, {@code Update()} or {@code Complete()}. */
    public OutputMode mode() {
        throw new Unsolved();
    }
}
