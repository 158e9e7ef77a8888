package lesson03;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * The sessions of an online shop: who came, for how long, and how much they spent.
 *
 * <p><b>In:</b> a stream of clicks in an online shop, which arrive in any order:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code customer}</td><td>int</td><td>who clicked; never null</td></tr>
 * <tr><td>{@code time}</td><td>timestamp</td><td>when; never null</td></tr>
 * <tr><td>{@code spent}</td><td>decimal(10,2)</td><td>the price of what was bought with this click; null without a
 *     purchase, negative for a return</td></tr>
 * </table>
 * The stream has a watermark on {@code time}, ten minutes behind the newest click, which decides when a result is
 * final. Do not set another: Spark allows one. Lesson 05 explains it.
 *
 * <p><b>Out:</b> one row for each session. Two consecutive clicks of a customer belong to the same session if they are
 * at most thirty minutes apart:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code customer}</td><td>int</td><td>who</td></tr>
 * <tr><td>{@code start}</td><td>timestamp</td><td>the time of the earliest click</td></tr>
 * <tr><td>{@code end}</td><td>timestamp</td><td>the time of the latest click</td></tr>
 * <tr><td>{@code clicks}</td><td>bigint</td><td>the number of clicks; a click that arrives twice counts
 *     twice</td></tr>
 * <tr><td>{@code spent}</td><td>decimal</td><td>the exact sum of {@code spent}; zero without a purchase; it may
 *     exceed decimal(10,2)</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in append mode, a session is emitted as soon as the watermark is more than thirty minutes
 * past its latest click, and not before it is thirty minutes past. That is after a click of any customer that is more
 * than forty minutes later; at exactly forty, both are right. Until then late clicks count, also one that is earlier than
 * the session's first, and a late click between two sessions merges them.
 *
 * <p>Check it with {@code mvn test -Dlesson=03 -Dexercise=ShoppingSessions}; hints are in
 * {@code exercises/lesson03/hints/ShoppingSessions.md}.
 */
public class ShoppingSessions {

    public Dataset<Row> sessions(Dataset<Row> clicks) {
        throw new Unsolved();
    }
}
