package lesson08;

import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * Lays out a Delta table anew, so that queries open few of its files.
 *
 * <p><b>In:</b> a table with the columns of {@link workbook.kit.Payment#SCHEMA}. Its payments, one or two thousand, are in
 * about sixty small files, as they arrived: {@code id} and {@code time} ascend, evenly over some days. There are as many
 * customers as payments, nearly, and a few payments without one. The log has statistics for the first two columns only.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A query with one of these filters opens at most seven files on average over the payments, whose time, customer and id
 *     are the values: {@code time >= t AND time < t + INTERVAL 6 HOURS} · {@code customer = c} · {@code id = i}
 * <li>No file has more than a tenth of the rows, so that a query that reads all of them has work for ten tasks.
 * <li>The table has the same rows and columns, in the same order of columns.
 * <li>A stream that reads the table without any option continues from its checkpoint: it gets the rows that are inserted
 *     later, and no others.
 * <li>The session has the same settings as before, because other jobs use it.
 * </ul>
 *
 * <p>Only this program writes to the table while it runs.
 *
 * <p>Check it with {@code mvn test -Dlesson=08 -Dexercise=ReadLess}; hints are in
 * {@code exercises/lesson08/hints/ReadLess.md}.
 */
public class ReadLess {

    /** @param payments the folder of the table */
    public void layOut(SparkSession spark, String payments) {
        throw new Unsolved();
    }
}
