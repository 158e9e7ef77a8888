package lesson01;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Which payments must somebody look at? Those of 100.00 or more, and those of which nobody knows how much it was.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * Where an amount could not be read, {@code amount} is null.
 *
 * <p><b>Out:</b> one row for each payment of 100.00 or more, and one for each payment whose amount is unknown:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>which payment</td></tr>
 * <tr><td>{@code customer}</td><td>int</td><td>who paid</td></tr>
 * <tr><td>{@code amount}</td><td>decimal(10,2)</td><td>how much, as it came in: null if unknown</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in append mode, each batch puts out its own large payments, all of them and nothing else.
 * Nothing is remembered from batch to batch, so that a restart makes no difference; a payment that arrives twice is put
 * out twice.
 *
 * <p>Check it with {@code mvn test -Dlesson=01 -Dexercise=LargePayments}; hints are in
 * {@code exercises/lesson01/hints/LargePayments.md}.
 */
public class LargePayments {

    public Dataset<Row> large(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
