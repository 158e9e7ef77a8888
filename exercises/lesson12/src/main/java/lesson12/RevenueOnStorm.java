package lesson12;

import org.apache.storm.topology.IRichBolt;
import workbook.check.Unsolved;

/**
 * Sums the revenue of each terminal in each hour, as a bolt of Storm. Each sum is emitted once, when the hour is final: the
 * task of {@code lesson05.HourlyRevenue}.
 *
 * <p><b>In:</b> a tuple for each payment, from one reliable spout. One task of the bolt gets all of them; other tasks may run
 * in the same JVM.
 * <table>
 * <caption>Fields</caption>
 * <tr><td>{@code offset}</td><td>Long</td><td>the payment's place in its topic, never null: what tells two payments
 *     apart</td></tr>
 * <tr><td>{@code id}</td><td>Long</td><td>may be null</td></tr>
 * <tr><td>{@code time}</td><td>{@link java.time.Instant}</td><td>event time, UTC, never null</td></tr>
 * <tr><td>{@code customer}</td><td>Integer</td><td>may be null</td></tr>
 * <tr><td>{@code terminal}</td><td>Integer</td><td>may be null</td></tr>
 * <tr><td>{@code amount}</td><td>{@link java.math.BigDecimal}</td><td>two decimals, never null; may be zero or, for a
 *     refund, negative</td></tr>
 * </table>
 * {@link workbook.kit.storm.PaymentTuples#payment} reads them, except the offset. The payments do not arrive in the order
 * of their times. Every payment counts, also one that equals another in everything but its offset.
 *
 * <p>A tuple is <i>pending</i> until the bolt has acked it and everything anchored to it has been processed. The spout emits
 * pending tuples again, with the same offset and in the same order, in three cases: they fail; the message timeout is over,
 * while the bolt works on; the worker dies. The worker then starts a new bolt, and what the old one had in memory is lost.
 *
 * <p><b>Out:</b> a tuple for each full hour of {@code time}, UTC, and each terminal with a payment in it, in the default
 * stream. {@link workbook.kit.storm.PaymentTuples#REVENUE} are its fields, {@link workbook.kit.storm.PaymentTuples#values}
 * its values:
 * <table>
 * <caption>Fields</caption>
 * <tr><td>{@code hour}</td><td>Instant</td><td>the start of the hour, UTC</td></tr>
 * <tr><td>{@code terminal}</td><td>Integer</td><td>where; null for the payments whose terminal is null</td></tr>
 * <tr><td>{@code revenue}</td><td>BigDecimal</td><td>the sum of the amounts, to the cent, also if it is zero or
 *     negative</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> an hour is emitted as soon as the bolt has got a payment that is at least thirty minutes newer than
 * the hour's end, and not before; the wall clock does not matter, and there are no tick tuples. Until then every payment of
 * that hour counts once, however late it is and however often its tuple comes. After that none does, and no hour is emitted
 * twice. The tuples of a sum stay pending until the sum has been emitted <i>and</i> processed by the next bolt; then
 * none of them is. If the worker dies before that, the sum is emitted again. If the next bolt fails it while the worker
 * lives, it may be lost. A payment that is too late is not pending
 * after it came. Of a tuple that was emitted again, only the newest copy has to be acked.
 *
 * <p>Check it with {@code mvn test -Dlesson=12 -Dexercise=RevenueOnStorm}; hints are in
 * {@code exercises/lesson12/hints/RevenueOnStorm.md}.
 */
public class RevenueOnStorm {

    /** Returns the bolt. Storm serializes it, and deserializes it in a worker. */
    public IRichBolt revenue() {
        throw new Unsolved();
    }
}
