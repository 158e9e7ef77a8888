package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * For each payment, how much the customer has spent so far. The input is a table, not a stream.
 *
 * <p><b>In:</b> a table of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * The rows are in any order. Rows with the same {@code id} are equal in every column, and each is a payment.
 * {@code customer} may be null: cash. {@code id}, {@code time} and {@code amount} are never null; {@code amount} may be
 * zero, or negative for a refund.
 *
 * <p><b>Out:</b> one row for each payment that has a customer, in any order:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>of the payment</td></tr>
 * <tr><td>{@code customer}</td><td>int</td><td>of the payment</td></tr>
 * <tr><td>{@code nth}</td><td>int</td><td>its number among the customer's payments: 1, 2, 3 …</td></tr>
 * <tr><td>{@code spent}</td><td>decimal</td><td>the exact sum of the customer's payments up to this one, included; it may
 *     exceed decimal(10,2)</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> a customer's payments are numbered and added up in the order of their times, to the
 * microsecond; payments of the same time in the order of their ids. You may use SQL or the Dataset API.
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=CustomerSpend}; hints are in
 * {@code exercises/lesson03/hints/CustomerSpend.md}.
 */
public class CustomerSpend {

    public Dataset<Row> spend(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
