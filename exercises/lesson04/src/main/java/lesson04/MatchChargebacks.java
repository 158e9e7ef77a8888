package lesson04;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * Finds the payments that were charged back, and those that no longer can be.
 *
 * <p><b>In:</b> two streams. Payments, as {@link workbook.kit.Payment#SCHEMA} describes them: {@code id} bigint,
 * {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2); they arrive less
 * than an hour late. Chargebacks, with the columns of {@link #CHARGEBACKS}: {@code payment} bigint, the id of a payment,
 * {@code time} timestamp, when the customer objected, {@code reason} string; they arrive less than a day late. Only
 * {@code customer}, {@code terminal} and {@code amount} may be null; {@code amount} may be zero or negative.
 *
 * <p><b>Out:</b> one row for each payment, in append mode:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>the payment's</td></tr>
 * <tr><td>{@code amount}</td><td>decimal</td><td>the payment's, unchanged</td></tr>
 * <tr><td>{@code reason}</td><td>string</td><td>the chargeback's; null without a chargeback in time</td></tr>
 * </table>
 *
 * <p><b>In time</b> means from the time of the payment up to thirty days (of 24 hours) later, both inclusive, to the
 * microsecond. Ignore chargebacks outside that time, and those without a payment. A payment has at most one chargeback;
 * either of the two may arrive first.
 *
 * <p><b>Done means:</b> the row of a payment with a chargeback is emitted at once. The row of a payment without one is
 * emitted when both streams have advanced so far that no chargeback can arrive any more, the late ones included: after a
 * chargeback more than 31 days newer than the payment and a payment more than thirty days and an hour newer. Rows that
 * can no longer match are removed from the state on both sides: a payment without a chargeback when its row is emitted, a
 * chargeback after a payment more than an hour newer and a chargeback more than a day newer. A pair that has matched may
 * leave the state at once or stay that long.
 *
 * <p>Check it with {@code mvn test -Dlesson=04 -Dexercise=MatchChargebacks}; hints are in
 * {@code exercises/lesson04/hints/MatchChargebacks.md}.
 */
public class MatchChargebacks {

    /** The columns of the second stream. */
    public static final StructType CHARGEBACKS = StructType.fromDDL("payment BIGINT, time TIMESTAMP, reason STRING");

    public Dataset<Row> matched(Dataset<Row> payments, Dataset<Row> chargebacks) {
        throw new Unsolved();
    }
}
