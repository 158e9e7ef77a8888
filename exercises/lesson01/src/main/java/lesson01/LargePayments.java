package lesson01;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Selects the payments to review: those of 100.00 or more, and those of unknown amount.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * {@code amount} is null if it could not be read, and below zero if it was paid back. Other columns may be null, too.
 *
 * <p><b>Out:</b> one row for each payment of 100.00 or more, and one for each payment whose amount is unknown:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>the payment</td></tr>
 * <tr><td>{@code customer}</td><td>int</td><td>the customer</td></tr>
 * <tr><td>{@code amount}</td><td>decimal(10,2)</td><td>the amount, unchanged: null if unknown</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in append mode, each batch emits its own large payments, all of them and nothing else. The query
 * keeps no state, so a restart makes no difference; a payment that arrives twice is emitted twice. An amount below zero
 * is less than 100.00.
 *
 * <p>Check it with {@code mvn test -Dlesson=01 -Dexercise=LargePayments}; hints are in
 * {@code exercises/lesson01/hints/LargePayments.md}.
 */
public class LargePayments {

    public Dataset<Row> large(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
