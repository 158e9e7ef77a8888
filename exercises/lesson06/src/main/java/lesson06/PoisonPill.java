package lesson06;

import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * A library rates payments, and throws at some of them. Each such payment kills the query; started again, it begins with
 * the same payment, and dies again. How do the others get through?
 *
 * <p><b>In:</b> a stream of payments: the columns of {@link workbook.kit.Payment#SCHEMA}, {@code id} bigint,
 * {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2), and
 * {@code message} string, the text from which they were read. And the library, {@link Rules}, which is not yours to
 * change.
 *
 * <p><b>Out:</b> one row for every payment, in append mode:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>the payment's</td></tr>
 * <tr><td>{@code risk}</td><td>double</td><td>what the library says of it; null where it throws</td></tr>
 * <tr><td>{@code reason}</td><td>string</td>
 *     <td>what it throws, as {@link Throwable#toString} puts it, class and message; null where it throws nothing</td></tr>
 * <tr><td>{@code message}</td><td>string</td><td>the text, unchanged</td></tr>
 * </table>
 *
 * <p><b>Counted:</b> each batch has in its progress, among the observed metrics under the name {@code quarantine}, how many
 * {@code payments} it had (bigint) and how many of them were {@code quarantined} (bigint): those with a reason.
 *
 * <p><b>Done means:</b> whatever the library throws at a payment, be it an exception or an {@link AssertionError}, becomes
 * the reason of that payment, and touches no other. (An error of the JVM itself, such as too little memory, is no
 * payment's fault, and need not be caught.)
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=PoisonPill}; hints are in
 * {@code exercises/lesson06/hints/PoisonPill.md}.
 */
public class PoisonPill {

    /** Somebody's library. */
    @FunctionalInterface
    public interface Rules extends Serializable {

        /** How risky a payment is, a row of the stream. Throws whatever it likes. */
        double risk(Row payment) throws Exception;
    }

    public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
        throw new Unsolved();
    }
}
