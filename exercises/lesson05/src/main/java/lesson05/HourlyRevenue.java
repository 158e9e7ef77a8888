package lesson05;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Sums the revenue of each terminal in each hour. Each sum is emitted once, when the hour is final.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * They do not arrive in the order of their times. {@code time} and {@code amount} are never null, the others may be. An amount may be zero or,
 * for a refund, negative. Every row counts, also one that equals another.
 *
 * <p><b>Out:</b> one row for each full hour of event time, UTC, and each terminal with a payment in it:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code hour}</td><td>timestamp</td><td>the start of the hour</td></tr>
 * <tr><td>{@code terminal}</td><td>int</td><td>where; null for the payments whose terminal is null</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal</td><td>the sum of the amounts, to the cent, also if it is zero or
 *     negative</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> in append mode, an hour is emitted as soon as the query has read a payment that is at least thirty
 * minutes newer than the hour's end, and not before. Until then every payment of that hour counts, however late it is.
 * After that none does, and no hour is emitted twice.
 *
 * <p>Check it with {@code mvn test -Dlesson=05 -Dexercise=HourlyRevenue}; hints are in
 * {@code exercises/lesson05/hints/HourlyRevenue.md}.
 */
public class HourlyRevenue {

    public Dataset<Row> revenue(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
