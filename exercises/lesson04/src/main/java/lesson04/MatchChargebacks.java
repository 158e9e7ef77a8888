package lesson04;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * Which payments were charged back, and which can no longer be?
 *
 * <p><b>In:</b> two streams. Payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2);
 * they come up to an hour late. Chargebacks, with the columns of {@link #CHARGEBACKS}: {@code payment} bigint, the id of
 * a payment, {@code time} timestamp, when its customer objected, {@code reason} string; they come up to a day late.
 *
 * <p><b>Out:</b> one row for each payment, in append mode:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}</td><td>bigint</td><td>the payment's</td></tr>
 * <tr><td>{@code amount}</td><td>decimal</td><td>the payment's</td></tr>
 * <tr><td>{@code reason}</td><td>string</td><td>the chargeback's; null if there was none in time</td></tr>
 * </table>
 *
 * <p><b>In time</b> is a chargeback from the moment of the payment up to thirty days later, both moments included. One
 * outside that time counts as none. A payment has one chargeback at most; either of the two may arrive first.
 *
 * <p><b>Done means:</b> a chargeback and its payment make a row at once. A payment without one is put out when both
 * streams have gone so far that none can come any more, however late chargebacks may be. What can meet nothing any more
 * stays in the state on neither side.
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
