package lesson08;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import workbook.check.Unsolved;

/**
 * Removes a customer from a lake: afterwards no data file has a row of this customer, and nothing else has changed.
 *
 * <p><b>In:</b> a folder. Delta tables are in its subfolders, at any depth, such as {@code bronze/payments}. Some tables have
 * a column {@code customer} int, which may be null, and by which they are not partitioned; others have none. A table may have
 * older versions, deletion vectors and a change data feed, and its folder data files of writes that ended without a commit.
 * Nobody else reads or writes the lake meanwhile.
 *
 * <p><b>Done means</b>, for each table with a column {@code customer}:
 * <ul>
 * <li>No data file in its folder has a row of the customer. This includes rows that are marked as deleted, files of older
 *     versions and of the change data feed, and files that belong to no version. The log is not searched.
 * <li>All other rows are in the table as before, and it has the same properties.
 * <li>A data file of the latest version is not written again if it has no row of the customer, and no row in it is marked as
 *     deleted.
 * <li>A stream that reads the table with the option {@code skipChangeCommits}, and has read all its rows before, continues
 *     from its checkpoint: it gets the rows that are inserted later, and no others.
 * </ul>
 *
 * <p>A table without a column {@code customer} does not change, and its older versions can be read as before. The session
 * has the same settings afterwards, because other jobs use it.
 *
 * <p>Check it with {@code mvn test -Dlesson=08 -Dexercise=ForgetACustomer}; hints are in
 * {@code exercises/lesson08/hints/ForgetACustomer.md}.
 */
public class ForgetACustomer {

    public void forget(SparkSession spark, String lake, int customer) throws IOException {
        throw new Unsolved();
    }
}
