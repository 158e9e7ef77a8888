package lesson08;

import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * Keeps the revenue of each terminal, from the changes of a Delta table of payments. Payments are added to that table,
 * corrected and deleted.
 *
 * <p>A query runs both methods: {@code changes(spark, payments).writeStream().foreachBatch(sink(revenue))}.
 *
 * <p><b>In:</b> a Delta table with the columns of {@link workbook.kit.Payment#SCHEMA}, of which any may be null. Two equal
 * rows are two payments. The table has the property {@code delta.enableChangeDataFeed}, perhaps only since one of its later
 * versions. The query's first run begins with the payments that are in the table then.
 *
 * <p><b>Out:</b> a Delta table in a folder that is empty at first and that only this query writes. After each run it has a row
 * for each terminal that has payments in the table of payments, and no other rows:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code terminal}</td><td>int</td><td>null for the payments without a terminal</td></tr>
 * <tr><td>{@code payments}</td><td>bigint</td><td>number of its payments</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal(20,2)</td><td>sum of their amounts; a null counts as 0.00</td></tr>
 * </table>
 *
 * <p>It may have additional columns. Until there is a payment, there may be no table.
 *
 * <p><b>Done means:</b> that holds whatever a commit to the table of payments does: rows are inserted, deleted, or updated in
 * any column; files are compacted; a row is written anew as it was. It also holds if a batch fails after it has been written
 * and a new process is passed the same batch, with the same number. Whoever reads the table meanwhile sees it as of the end
 * of a batch: every version of it is either empty or the right result after one of the batches. {@code sink} may read and
 * write the folder {@code revenue} only: the table of payments may have changed since the batch.
 *
 * <p>Check it with {@code mvn test -Dlesson=08 -Dexercise=FollowTheChanges}; hints are in
 * {@code exercises/lesson08/hints/FollowTheChanges.md}.
 */
public class FollowTheChanges {

    /**
     * Returns the change feed of the table in this folder as a stream: the columns of a payment, and {@code _change_type}
     * string, {@code _commit_version} bigint, {@code _commit_timestamp} timestamp. The rows of a batch are in no particular
     * order.
     */
    public Dataset<Row> changes(SparkSession spark, String payments) {
        throw new Unsolved();
    }

    /** Returns the function that {@code foreachBatch} calls with each batch of {@link #changes} and its number. */
    public VoidFunction2<Dataset<Row>, Long> sink(String revenue) {
        throw new Unsolved();
    }
}
