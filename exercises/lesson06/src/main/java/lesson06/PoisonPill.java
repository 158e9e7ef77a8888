package lesson06;

import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * A library rates payments, and throws an exception for some of them. Each of these fails the query; restarted, it
 * reads the same payment and fails again. Let the other payments through.
 *
 * <p><b>In:</b> a stream of payments: the columns of {@link workbook.kit.Payment#SCHEMA}, {@code id} bigint,
 * {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2), and
 * {@code message} string, the text from which the payment was parsed. Any of them may be null. And the library,
 * {@link Rules}, which you cannot change. For the same payment it always does the same, also if it is called more
 * than once.
 *
 * <p><b>Out:</b> one row for every payment, in append mode:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>the payment's</td></tr>
 * <tr><td>{@code risk}</td><td>double</td><td>what the library returns, also NaN or 0; null if it throws</td></tr>
 * <tr><td>{@code reason}</td><td>string</td>
 *     <td>what it throws, by its own {@link Throwable#toString}, mostly class and message; not its cause's; null if it
 *     throws nothing</td></tr>
 * <tr><td>{@code message}</td><td>string</td><td>the text, unchanged</td></tr>
 * </table>
 *
 * <p><b>Counted:</b> the progress of each batch has observed metrics with the name {@code quarantine}: the number of
 * {@code payments} (bigint), and how many of them were {@code quarantined} (bigint), that is, have a reason. Both are 0,
 * not null, if there is none: also in a batch without payments. A payment without an {@code id} counts.
 *
 * <p><b>Done means:</b> whatever the library throws for a payment, an exception of any class or an {@link AssertionError},
 * becomes the reason of that payment, and does not affect any other. (It throws nothing else. Errors of the JVM itself,
 * such as too little memory, need not be caught.)
 *
 * <p>Check it with {@code mvn test -Dlesson=06 -Dexercise=PoisonPill}; hints are in
 * {@code exercises/lesson06/hints/PoisonPill.md}.
 */
public class PoisonPill {

    /** The library. */
    @FunctionalInterface
    public interface Rules extends Serializable {

        /** Returns the risk of a payment, a row of the stream. May throw any exception, and {@link AssertionError}. */
        double risk(Row payment) throws Exception;
    }

    public Dataset<Row> rated(Dataset<Row> payments, Rules rules) {
        throw new Unsolved();
    }
}
