package lesson05;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * Sums the hourly revenue of our own tills and of a partner, whose payments arrive in files, hours or days later.
 *
 * <p><b>In:</b> two streams. Payments from the tills, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2);
 * they lag up to ten minutes behind the newest of them. {@code time} is never null, and a null {@code amount} is as in the
 * lines below. And the lines of the partner's files, as {@link #PARTNER}
 * describes them:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code time}</td><td>string</td><td>when it was paid, in UTC and whole seconds, such as
 *     {@code 2026-01-01T09:30:00Z}; null if unknown</td></tr>
 * <tr><td>{@code written}</td><td>timestamp</td><td>when the line was written, never null; use it as the time if
 *     {@code time} is null</td></tr>
 * <tr><td>{@code amount}</td><td>decimal(10,2)</td><td>zero or negative, too, for a refund; null if nothing was paid: such
 *     a line only shows that the partner has reached its time</td></tr>
 * </table>
 * The lines lag up to an hour behind the newest of them. How far they lag behind the tills is unknown. In both streams the
 * limits are included: a row exactly that far behind may come.
 *
 * <p><b>Out:</b> one row for each full hour of event time, UTC, with at least one amount that is not null:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code hour}</td><td>timestamp</td><td>the start of the hour</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal</td><td>the sum of the amounts of both streams, also if it is
 *     zero or negative</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in append mode, no payment is lost, however far the partner is behind, and an hour is emitted
 * as soon as neither stream can have another payment for it. While one of them has not sent a row that shows that, or none
 * at all, the hour waits.
 *
 * <p>Check it with {@code mvn test -Dlesson=05 -Dexercise=SlowestStreamWins}; hints are in
 * {@code exercises/lesson05/hints/SlowestStreamWins.md}.
 */
public class SlowestStreamWins {

    /** The columns of the second stream. */
    public static final StructType PARTNER = StructType.fromDDL("time STRING, written TIMESTAMP, amount DECIMAL(10,2)");

    public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
        throw new Unsolved();
    }
}
