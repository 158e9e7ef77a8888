package lesson04;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * Which baskets did the shop's customers walk away from, and what was in them?
 *
 * <p><b>In:</b> a stream of what happens to baskets, with the columns of {@link #EVENTS}: {@code basket} bigint,
 * {@code time} timestamp, {@code item} string: what was put into the basket; null says that it was checked out. The
 * events come out of order, but less than ten minutes behind the newest of all; what comes later may be dropped.
 *
 * <p><b>Out:</b> one row for each abandoned basket, in append mode:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code basket}</td><td>bigint</td><td>which</td></tr>
 * <tr><td>{@code items}</td><td>string</td><td>what was in it, in the order of the times, with a comma in between:
 *     {@code tea,milk}</td></tr>
 * <tr><td>{@code since}</td><td>timestamp</td><td>when the last item was put in</td></tr>
 * </table>
 *
 * <p><b>What is abandoned.</b> Thirty minutes of event time without an event end a basket. If there is a checkout anywhere
 * among its events, nothing is said, even where items follow it; else it is abandoned. What happens to a basket of this
 * number afterwards is the story of a new one. No two events of a basket have the same time, or lie exactly thirty minutes
 * apart.
 *
 * <p><b>Done means:</b> the row comes as soon as no event that may still come could belong to the basket: when one has
 * been seen, of whichever basket, that is more than forty minutes younger than its last. Whatever the batches were, the
 * rows are the same. Of baskets that have ended nothing stays in the state.
 *
 * <p>Check it with {@code mvn test -Dlesson=04 -Dexercise=AbandonedBaskets}; hints are in
 * {@code exercises/lesson04/hints/AbandonedBaskets.md}.
 */
public class AbandonedBaskets {

    /** The columns that come in. */
    public static final StructType EVENTS = StructType.fromDDL("basket BIGINT, time TIMESTAMP, item STRING");

    public Dataset<Row> abandoned(Dataset<Row> events) {
        throw new Unsolved();
    }
}
