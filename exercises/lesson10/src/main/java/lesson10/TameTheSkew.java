package lesson10;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * For each payment, what its customer has spent before: a join of payments with a history, in which no task gets most of the
 * rows, although most of the payments are of one customer.
 *
 * <p><b>In:</b> two tables, in any order, each of them possibly empty.
 * <table>
 * <caption>The tables</caption>
 * <tr><td>{@code payments}</td><td>the columns of {@link workbook.kit.Payment#SCHEMA}: {@code id} bigint, unique, never null,
 *     possibly negative; {@code time} timestamp, {@code customer} int, {@code terminal} int and {@code amount} decimal(10,2),
 *     each of which may be null. Nine of ten are of the same customer: 7 today, another one tomorrow, or null, because a
 *     terminal has lost its customers</td></tr>
 * <tr><td>{@code history}</td><td>several rows for each customer: {@code customer} int, {@code time} timestamp and
 *     {@code amount} decimal(10,2), each of which may be null. Equal rows are different payments. No customer has many more
 *     rows than the others</td></tr>
 * </table>
 *
 * <p>A row of the history is <b>before</b> a payment if both have the same customer and its time is less than that of the
 * payment, to the microsecond. Null equals nothing, not even another null, and no time is less than null or greater.
 *
 * <p><b>Out:</b> one row for each payment, in any order:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>of the payment</td></tr>
 * <tr><td>{@code customer}</td><td>int</td><td>of the payment, may be null</td></tr>
 * <tr><td>{@code earlier}</td><td>bigint</td><td>the number of rows before it, 0 if there are none</td></tr>
 * <tr><td>{@code spent}</td><td>decimal(20,2)</td><td>the sum of their amounts, null if none has an amount</td></tr>
 * <tr><td>{@code mean}</td><td>decimal(14,6)</td><td>the mean of their amounts that are not null, as {@code avg} rounds it,
 *     null if none has an amount</td></tr>
 * </table>
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>The rows are those of a left join, grouped by {@code id} and {@code customer}.
 * <li>No task reads more rows from shuffles than 40 % of the number of payments, whoever the customer of the nine tenths is.
 * <li>All tasks together read at most three times as many rows from shuffles as there are payments. The checkpoint has 2,000
 *     payments, and 4 rows of the history for each of 30 customers.
 * <li>Nothing is broadcast, and no row of the history is collected: it stands for one that neither an executor nor the driver
 *     has the memory for.
 * <li>Where a payment goes depends on its values only: if the query runs again, each task reads as many rows as before, also
 *     if the payments come in another order. A task that is repeated after a failure may get its rows in another order; if
 *     they then go elsewhere, rows are lost or doubled.
 * <li>The session has the same settings as before, because other queries use it.
 * </ul>
 *
 * <p>The session has 16 shuffle partitions, neither merges small ones nor broadcasts by itself, and otherwise has the defaults of
 * adaptive execution. They do not help: a skewed partition of a join is split above 256 MB only, and not where the split
 * would cost a further shuffle. A grouping by the key of the join and other columns needs no shuffle as long as the partitions
 * of the join are whole.
 *
 * <p>Check it with {@code mvn test -Dlesson=10 -Dexercise=TameTheSkew}; hints are in
 * {@code exercises/lesson10/hints/TameTheSkew.md}.
 */
public class TameTheSkew {

    public Dataset<Row> enriched(Dataset<Row> payments, Dataset<Row> history) {
        throw new Unsolved();
    }
}
