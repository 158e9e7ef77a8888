package lesson08;

import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Keeps the newest version of each customer in a Delta table.
 *
 * <p>The system that owns the customers numbers the versions of each of them: 1, 2, 3 and so on. It sends every version, in
 * no particular order and some of them again.
 *
 * <p><b>In:</b> batches for {@code foreachBatch}, and their numbers. A batch may be empty:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code customer}</td><td>int</td><td></td></tr>
 * <tr><td>{@code version}</td><td>bigint</td><td>two rows with the same customer and version are equal</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>of the computer on which the version was entered, whose clock may be
 *     wrong</td></tr>
 * <tr><td>{@code country}</td><td>string</td><td></td></tr>
 * <tr><td>{@code gone}</td><td>boolean</td><td>true in the version with which a customer leaves; one who comes back has a
 *     later version</td></tr>
 * </table>
 *
 * <p>Any column may be null. A row without {@code customer} or {@code version} is not kept.
 *
 * <p><b>Out:</b> a Delta table in a folder that is empty at first and that only this function writes. After each batch it has
 * for each customer the row with the highest version of all batches so far, as it came: also the row with which a customer
 * left, and nulls in its other columns. It has these columns with these types, and may have additional ones. Until there is a
 * row to keep, there may be no table.
 *
 * <p><b>Done means:</b> that holds whatever the batches are: versions in any order, several of a customer in one batch, a
 * batch that is passed again by a new process, a new query that numbers its batches from 0 again. Whoever reads the table
 * meanwhile sees it as of the end of a batch: every version of the Delta table is either empty or the right result after one
 * of the batches. An exception, of the batch or of the table, is passed on, so that Spark passes the batch again.
 *
 * <p>Check it with {@code mvn test -Dlesson=08 -Dexercise=KeepTheNewest}; hints are in
 * {@code exercises/lesson08/hints/KeepTheNewest.md}.
 */
public class KeepTheNewest {

    /** Returns the function that {@code foreachBatch} calls with each batch and its number. */
    public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
        throw new Unsolved();
    }
}
