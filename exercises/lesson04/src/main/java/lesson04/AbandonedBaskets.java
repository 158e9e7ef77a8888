package lesson04;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * Finds the baskets that customers abandoned, and the items in them.
 *
 * <p><b>In:</b> a stream of basket events with the columns of {@link #EVENTS}: {@code basket} bigint, {@code time}
 * timestamp in whole milliseconds, {@code item} string: the item that was put into the basket, or null for the checkout;
 * an empty text is an item. The other two are never null. Events arrive out of order, but less than ten minutes behind
 * the newest event of all baskets; you may drop later ones.
 *
 * <p><b>Out:</b> one row for each abandoned basket, in append mode:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code basket}</td><td>bigint</td><td>the basket</td></tr>
 * <tr><td>{@code items}</td><td>string</td><td>its items in the order of their times, an item as often as it was put in,
 *     separated by commas: {@code tea,milk,tea}</td></tr>
 * <tr><td>{@code since}</td><td>timestamp</td><td>the time of its last item</td></tr>
 * </table>
 *
 * <p><b>Abandoned baskets.</b> A basket ends after thirty minutes of event time without an event. If its events include
 * a checkout, even one followed by items, it is not abandoned and gets no row. Otherwise it is abandoned. Later events
 * with the same number belong to a new basket. No two events with the same number have the same time or are exactly
 * thirty minutes apart.
 *
 * <p><b>Done means:</b> the row is emitted as soon as no event that can still arrive could belong to the basket: after
 * an event, of any basket, more than forty minutes newer than its last; at exactly forty, both are right. The rows do not
 * depend on how the input is divided into batches. Baskets leave nothing in the state once they have ended.
 *
 * <p>Check it with {@code mvn test -Dlesson=04 -Dexercise=AbandonedBaskets}; hints are in
 * {@code exercises/lesson04/hints/AbandonedBaskets.md}.
 */
public class AbandonedBaskets {

    /** The columns of the input. */
    public static final StructType EVENTS = StructType.fromDDL("basket BIGINT, time TIMESTAMP, item STRING");

    public Dataset<Row> abandoned(Dataset<Row> events) {
        throw new Unsolved();
    }
}
