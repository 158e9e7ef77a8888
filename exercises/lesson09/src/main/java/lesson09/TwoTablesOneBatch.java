package lesson09;

import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Writes each batch of a streaming query to two Delta tables, the payments and the alerts, each row once.
 *
 * <p><b>In:</b> batches for {@code foreachBatch}, and their numbers. A batch may be empty, and any column null:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>string</td><td></td></tr>
 * <tr><td>{@code customer}</td><td>int</td><td></td></tr>
 * <tr><td>{@code country}</td><td>string</td><td></td></tr>
 * <tr><td>{@code amount}</td><td>decimal(10,2)</td><td></td></tr>
 * </table>
 *
 * <p>Further arguments are the folder of the two tables, which is empty at first; the id of the query, which is the same
 * when the query goes on from its checkpoint, and another one for every other query; and the rules: each has a name, which is
 * any text, and a condition on a payment in SQL, such as {@code amount > 1000}. There may be none. Another program may have
 * them in another order.
 *
 * <p><b>Out:</b>
 * <ul>
 * <li>{@code folder/payments} has each payment of each batch, with the four columns. Two equal rows of a batch are two
 *     payments.
 * <li>{@code folder/alerts} has {@code rule} string, {@code id} string and {@code amount} decimal(10,2), one row for each
 *     payment and each rule whose condition is true.
 * </ul>
 * A table may have additional columns, and may be absent as long as it has no rows.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>Spark passes a batch again, with its number and its rows, if the program ended before Spark had recorded it as done: after
 *     a table was written, or both, or none. The tables have each row once nevertheless.
 * <li>A query that has lost its checkpoint is another query, and numbers its batches from 0. Several queries may write into
 *     the two tables. The rows of all of them are there.
 * <li>At no moment is an alert in its table whose payment is not in the other one.
 * <li>An exception, of the batch or of a table, is passed on, so that Spark passes the batch again.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=09 -Dexercise=TwoTablesOneBatch}; hints are in
 * {@code exercises/lesson09/hints/TwoTablesOneBatch.md}.
 */
public class TwoTablesOneBatch {

    /**
     * Returns the function that {@code foreachBatch} calls with each batch and its number.
     *
     * @param rules the conditions by the names of the rules
     */
    public VoidFunction2<Dataset<Row>, Long> sink(String folder, String query, Map<String, String> rules) {
        throw new Unsolved();
    }
}
