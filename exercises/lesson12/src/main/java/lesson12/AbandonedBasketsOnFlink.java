package lesson12;

import org.apache.flink.streaming.api.datastream.DataStream;
import workbook.check.Unsolved;
import workbook.kit.engines.AbandonedBasket;
import workbook.kit.engines.BasketEvent;

/**
 * Finds the baskets that customers abandoned, and the items in them, on Flink: the task of
 * {@code lesson04.AbandonedBaskets}.
 *
 * <p><b>In:</b> a stream of {@link BasketEvent}s: {@code basket} long, {@code time} instant in whole milliseconds,
 * {@code item} string: the item that was put into the basket, or null for the checkout; an empty text is an item. The
 * other two are never null. The stream has neither timestamps nor watermarks. Events arrive out of order, but less than ten
 * minutes behind the newest event of all baskets; you may drop later ones.
 *
 * <p><b>Out:</b> an {@link AbandonedBasket} for each abandoned basket:
 * <table>
 * <caption>Components</caption>
 * <tr><td>{@code basket}</td><td>long</td><td>the basket</td></tr>
 * <tr><td>{@code items}</td><td>string</td><td>its items in the order of their times, an item as often as it was put in,
 *     separated by commas: {@code tea,milk,tea}</td></tr>
 * <tr><td>{@code since}</td><td>instant</td><td>the time of its last item</td></tr>
 * </table>
 *
 * <p><b>Abandoned baskets.</b> A basket ends after thirty minutes of event time without an event. If its events include
 * a checkout, even one followed by items, it is not abandoned and gets no row. Otherwise it is abandoned. Later events
 * with the same number belong to a new basket. No two events with the same number have the same time or are exactly
 * thirty minutes apart.
 *
 * <p><b>Done means:</b> the row is emitted as soon as no event that can still arrive could belong to the basket: after
 * an event, of any basket, more than forty minutes newer than its last; at exactly forty, both are right. The wall clock
 * does not matter. A job that starts from a savepoint continues where the one before has stopped.
 *
 * <p>Periodic watermarks follow each event at once in the checkpoint, and not at intervals of the wall clock. Check it
 * with {@code mvn test -Dlesson=12 -Dexercise=AbandonedBasketsOnFlink}; hints are in
 * {@code exercises/lesson12/hints/AbandonedBasketsOnFlink.md}.
 */
public class AbandonedBasketsOnFlink {

    public DataStream<AbandonedBasket> abandoned(DataStream<BasketEvent> events) {
        throw new Unsolved();
    }
}
