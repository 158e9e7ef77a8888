package lesson10;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Makes three reports of a day's payments and reads the payments once.
 *
 * <p><b>In:</b> payments, in any order, with the columns of {@link workbook.kit.Payment#SCHEMA} ({@code id} bigint,
 * {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2)), {@code declined}
 * boolean and {@code receipt} string. {@code customer}, {@code terminal} and {@code receipt} may be null, the other columns
 * never. Rows may be equal in every column; each is a payment. {@code amount} may be zero, or negative for a refund. There
 * may be no payments. They come from a service that bills each row that is read, and nine tenths of their bytes are
 * receipts.
 *
 * <p><b>Out:</b> a Dataset for each method of {@link Sinks}, with rows and columns in any order. Declined payments are in none
 * of them. All other payments count.
 * <ul>
 * <li>{@code customers}: {@code customer} int, {@code payments} bigint, {@code revenue} decimal: how many payments of the
 *     customer there are, and the exact sum of their amounts. Payments without a customer are one group, with null.
 * <li>{@code terminals}: {@code terminal} int, {@code payments} bigint, {@code revenue} decimal: the same by terminal.
 * <li>{@code largest}: {@code id} bigint, {@code amount} decimal(10,2): the three payments with the largest amounts; of equal
 *     amounts, the payment with the smaller id.
 * </ul>
 *
 * <p>A sink reads the rows that it is given once, before it returns.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>The three methods are called once each, in the order above.
 * <li>Each payment is read once, in all.
 * <li>The payments do not fit into the driver's memory, so they are not collected. The receipts are too large to be kept, in
 *     memory or on a disk: what is kept takes at most half as many bytes as all columns take in the cache of a Dataset.
 * <li>When the method ends, the session's cache and the list of persistent RDDs are as before: nothing of this method is
 *     left in them, and what the caller has cached is still there.
 * <li>The same holds if a sink throws. What it throws is passed on, and the sinks after it are not called.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=10 -Dexercise=OneScan}; hints are in
 * {@code exercises/lesson10/hints/OneScan.md}.
 */
public class OneScan {

    /** Where the reports go: to files, or to other systems. */
    public interface Sinks {

        /** Writes the number and the sum of payments by customer. */
        void customers(Dataset<Row> customers);

        /** Writes the number and the sum of payments by terminal. */
        void terminals(Dataset<Row> terminals);

        /** Writes the largest payments. */
        void largest(Dataset<Row> largest);
    }

    public void reports(Dataset<Row> payments, Sinks sinks) {
        throw new Unsolved();
    }
}
