package lesson05;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * What is taken each hour, at our own tills and at a partner's? The partner's payments come in files, hours or days later.
 *
 * <p><b>In:</b> two streams. Payments from the tills, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2);
 * they lag up to ten minutes behind the newest of them. And the lines of the partner's files, as {@link #PARTNER} says:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code time}</td><td>string</td><td>when it was paid, such as {@code 2026-01-01T09:30:00Z}; null where nobody
 *     noted it</td></tr>
 * <tr><td>{@code written}</td><td>timestamp</td><td>when the line was written; it stands for the time where there is
 *     none</td></tr>
 * <tr><td>{@code amount}</td><td>decimal(10,2)</td><td>null where nothing was paid: such a line only says that the
 *     partner has come as far as its time</td></tr>
 * </table>
 * The lines lag up to an hour behind the newest of them. How far they are behind the tills, nobody can say.
 *
 * <p><b>Out:</b> one row for each full hour of event time, UTC, in which anybody paid:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code hour}</td><td>timestamp</td><td>when the hour began</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal</td><td>the sum of the amounts, of both</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in append mode, no payment is lost, however far the partner is behind; and an hour is put out as
 * soon as neither stream can bring anything for it any more.
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
