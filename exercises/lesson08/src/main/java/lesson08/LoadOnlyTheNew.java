package lesson08;

import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * Copies the new and the changed rows of a table of a database into the lake, again and again. An application keeps writing
 * the table meanwhile.
 *
 * <p><b>In:</b> the table {@code PAYMENTS} of the database at a JDBC {@code url}:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code ID}</td><td>bigint</td><td>the primary key</td></tr>
 * <tr><td>{@code CUSTOMER}</td><td>int</td><td>or null</td></tr>
 * <tr><td>{@code AMOUNT}</td><td>decimal(10,2)</td><td>or null</td></tr>
 * <tr><td>{@code DELETED}</td><td>boolean</td><td>or null; the application marks a payment as deleted by a change to
 *     true</td></tr>
 * <tr><td>{@code CHANGED}</td><td>bigint</td><td>when the row was inserted or last changed, in ms since 1970; each change of a
 *     row raises it; null for old rows that have never been changed</td></tr>
 * </table>
 *
 * <p>A row gets its {@code CHANGED} when its transaction begins, and becomes visible when the transaction is committed, within
 * ten minutes. So once a row with a {@code CHANGED} of <i>c</i> is visible, all rows that become visible later have one of
 * <i>c</i> - 600,000 or more. Rows without {@code CHANGED} are there before any other. Rows are removed from the table after
 * years.
 *
 * <p><b>Out:</b> a Delta table in the folder {@code lake}, which does not exist before the first load, with the columns {@code
 * id} bigint, {@code customer} int, {@code amount} decimal(10,2), {@code deleted} boolean and {@code changed} bigint. Its rows
 * are the <b>versions</b> of the payments: a payment that is loaded with another {@code CHANGED} is another version, and the
 * older ones stay. Nothing is ever removed. The folder may also have data files of a load that was killed before its commit;
 * their rows are not in the table.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>After a load, the lake contains what it contained before, and every version that was visible in the database, each
 *     version once.
 * <li>A load reads only what may be new. If <i>m</i> is the highest {@code changed} in the lake, the database returns the rows
 *     with a {@code CHANGED} of <i>m</i> - 600,000 or more, each once per load, and no others. Without any {@code changed} in
 *     the lake it returns all rows, each once. Queries that return one row are not counted.
 * <li>If the database cannot be reached, or fails in the middle of a query, {@code load} throws an exception. The lake is then
 *     as it was, or an empty table, and the next load also copies what this one should have.
 * </ul>
 *
 * <p>Only one load runs at a time.
 *
 * <p>Check it with {@code mvn test -Dlesson=08 -Dexercise=LoadOnlyTheNew}; hints are in
 * {@code exercises/lesson08/hints/LoadOnlyTheNew.md}.
 */
public class LoadOnlyTheNew {

    public void load(SparkSession spark, String url, String lake) {
        throw new Unsolved();
    }
}
