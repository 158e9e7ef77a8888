package lesson12;

import org.apache.flink.streaming.api.datastream.DataStream;
import workbook.check.Unsolved;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/**
 * Sums the revenue of each terminal in each hour, on Flink. Each sum is emitted once, when the hour is final: the task of
 * {@code lesson05.HourlyRevenue}.
 *
 * <p><b>In:</b> a stream of {@link ReceivedPayment}s from a source with one partition: {@code id} long, {@code time}
 * instant, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2). The stream has neither timestamps nor
 * watermarks. The payments do not arrive in the order of their times. {@code time} and {@code amount} are never null, the
 * others may be. An amount may be zero or, for a refund, negative. Every payment counts, also one that equals another.
 *
 * <p><b>Out:</b> a stream with a {@link Revenue} for each full hour of {@code time}, UTC, and each terminal with a payment
 * in it:
 * <table>
 * <caption>Components</caption>
 * <tr><td>{@code hour}</td><td>instant</td><td>the start of the hour</td></tr>
 * <tr><td>{@code terminal}</td><td>int</td><td>where; null for the payments whose terminal is null</td></tr>
 * <tr><td>{@code revenue}</td><td>decimal</td><td>the sum of the amounts, to the cent, also if it is zero or
 *     negative</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> an hour is emitted as soon as the job has read a payment that is at least thirty minutes newer than
 * the hour's end, and not before; the wall clock does not matter. Until then every payment of that hour counts, however
 * late it is. After that none does, and no hour is emitted twice. A job that starts from a savepoint continues where the
 * one before has stopped. The watermark is no part of a savepoint: until the next one, a payment that is too late may count.
 *
 * <p>Periodic watermarks follow each payment at once in the checkpoint, and not at intervals of the wall clock. Check it
 * with {@code mvn test -Dlesson=12 -Dexercise=RevenueOnFlink}; hints are in
 * {@code exercises/lesson12/hints/RevenueOnFlink.md}.
 */
public class RevenueOnFlink {

    public DataStream<Revenue> revenue(DataStream<ReceivedPayment> payments) {
        throw new Unsolved();
    }
}
