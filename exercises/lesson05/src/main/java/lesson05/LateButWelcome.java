package lesson05;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import workbook.check.Unsolved;

/**
 * What does a chain of shops take each day, if some of them reach the network only now and then? How long to wait for
 * them is yours to find out: there is a record of how payments have come.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2);
 * and a table, the record of some earlier payments, at least one, its rows in any order:
 * <table>
 * <caption>Columns of the record</caption>
 * <tr><td>{@code time}</td><td>timestamp</td><td>event time, in whole seconds</td></tr>
 * <tr><td>{@code arrived}</td><td>timestamp</td><td>when the payment arrived; no two at the same time</td></tr>
 * </table>
 * The shops are in India, and so is the session: its time zone is {@code Asia/Kolkata}, five and a half hours ahead of
 * UTC all the year.
 *
 * <p><b>Out:</b> one row for each day, in India, on which something was taken:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code day}</td><td>timestamp</td><td>when the day began: at midnight in India, which is 18:30 UTC</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal</td><td>the sum of the amounts</td></tr>
 * </table>
 *
 * <p><b>The wait:</b> just long enough that none of the record's payments, had they been the stream, would have been
 * older than the watermark when it came, wherever batches might have ended; as old as the watermark is not older. A second
 * less, and one of them could have been.
 *
 * <p><b>Done means:</b> a day is put out once, as soon as the watermark has reached its end, and then forgotten.
 * {@link #mode} is the output mode in which your query does that.
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
