package lesson12;

import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import workbook.check.Unsolved;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/**
 * Sums the revenue of each terminal in each hour, as a pipeline of Beam. Each sum is emitted once, when the hour is final:
 * the task of {@code lesson05.HourlyRevenue}.
 *
 * <p><b>In:</b> an unbounded collection of {@link ReceivedPayment}: {@code id} Long, {@code time} Instant,
 * {@code customer} Integer, {@code terminal} Integer, {@code amount} BigDecimal with two decimals. The source gives each
 * element its {@code time} as its timestamp. The payments do not arrive in the order of their times. {@code time} and
 * {@code amount} are never null, the others may be. An amount may be zero or, for a refund, negative. Every payment counts,
 * also one that equals another. The source delivers each payment once.
 *
 * <p>The source also has the watermark: after each batch of payments it is the newest time so far minus {@link #bound()},
 * which is yours.
 *
 * <p><b>Out:</b> a {@link Revenue} for each full hour of {@code time}, UTC, and each terminal with a payment in it:
 * <table>
 * <caption>Fields</caption>
 * <tr><td>{@code hour}</td><td>Instant</td><td>the start of the hour, UTC</td></tr>
 * <tr><td>{@code terminal}</td><td>Integer</td><td>where; null for the payments whose terminal is null</td></tr>
 * <tr><td>{@code revenue}</td><td>BigDecimal</td><td>the sum of the amounts, to the cent, also if it is zero or
 *     negative</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> an hour is emitted after the batch with the first payment that is at least thirty minutes newer than
 * the hour's end, and not before; the wall clock does not matter. Until then every payment of that hour counts, however late
 * it is. After that none does, and no hour is emitted twice.
 *
 * <p>The pipeline knows coders of both records and of Beam's own types. Check it with
 * {@code mvn test -Dlesson=12 -Dexercise=RevenueOnBeam}; hints are in
 * {@code exercises/lesson12/hints/RevenueOnBeam.md}.
 */
public class RevenueOnBeam {

    /** Returns how far the source's watermark is behind the newest time. */
    public Duration bound() {
        throw new Unsolved();
    }

    /** Adds the pipeline's transforms to the payments. */
    public PCollection<Revenue> revenue(PCollection<ReceivedPayment> payments) {
        throw new Unsolved();
    }
}
