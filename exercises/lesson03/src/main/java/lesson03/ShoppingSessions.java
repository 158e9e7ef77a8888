package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Who was in the shop, for how long, and what did they spend? Clicks become visits.
 *
 * <p><b>In:</b> a stream of clicks in an online shop, which do not arrive in the order of their times:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code customer}</td><td>int</td><td>who clicked</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>when</td></tr>
 * <tr><td>{@code spent}</td><td>decimal(10,2)</td><td>what was bought with this click; null where somebody only
 *     looked</td></tr>
 * </table>
 * The stream comes with a watermark on {@code time}, ten minutes behind the newest click, which decides when a result is
 * final. Do not set another: Spark allows one. Lesson 05 explains it.
 *
 * <p><b>Out:</b> one row for each session. Two clicks of a customer belong to the same session if at most thirty minutes
 * lie between them, or if clicks of theirs in between lead from the one to the other in such steps:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code customer}</td><td>int</td><td>who</td></tr>
 * <tr><td>{@code start}</td><td>timestamp</td><td>the time of the first click</td></tr>
 * <tr><td>{@code end}</td><td>timestamp</td><td>the time of the last click</td></tr>
 * <tr><td>{@code clicks}</td><td>bigint</td><td>how many there were</td></tr>
 * <tr><td>{@code spent}</td><td>decimal</td><td>their sum to the cent; zero where nothing was bought</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in append mode, a session is put out as soon as the watermark is thirty minutes past its last
 * click, and not before: that is when a click has been seen, of whomever, that is forty minutes younger. Until then late
 * clicks count, and one that lies between two sessions makes them one.
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=ShoppingSessions}; hints are in
 * {@code exercises/lesson03/hints/ShoppingSessions.md}.
 */
public class ShoppingSessions {

    public Dataset<Row> sessions(Dataset<Row> clicks) {
        throw new Unsolved();
    }
}
