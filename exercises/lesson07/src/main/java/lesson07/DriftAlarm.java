package lesson07;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Says for each day how far the values of a feature have moved away from those of the training data, by the population
 * stability index. A brick of the capstone.
 *
 * <p><b>In:</b> a stream of payments: {@code time} timestamp and {@code value} double, the feature. Either may be null,
 * and the value NaN or infinite. They do not arrive in the order of their times. Every row with a time counts, also one
 * that equals another; a row without a time belongs to no day. And of the training data:
 * <ul>
 * <li>{@code edges}: the upper edges of all bins but the last, at least one, in ascending order. A value belongs to the
 *     first bin whose upper edge it does not exceed, and to the last bin if it exceeds all edges. The last edge is finite;
 *     negative infinity belongs to the first bin, positive infinity to the last.
 * <li>{@code expected}: the share of each bin, from 0 to 1, and after them the share of payments without a value: null or
 *     NaN. So there are two more shares than edges.
 * <li>{@code least}: how many payments a day needs, at least 1.
 * </ul>
 *
 * <p><b>Out:</b> one row for each day with a payment, a day in UTC whatever the session's time zone is:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code day}</td><td>timestamp</td><td>the start of the day</td></tr>
 * <tr><td>{@code payments}</td><td>bigint</td><td>how many it has</td></tr>
 * <tr><td>{@code psi}</td><td>double</td><td>the index; null if there are fewer than {@code least} payments</td></tr>
 * <tr><td>{@code moved}</td><td>boolean</td><td>whether the index is above 0.25; where rounding
 *     decides, either is right; null like it</td></tr>
 * </table>
 *
 * <p><b>The index</b> is the sum, over all shares <i>i</i>, of (<i>a<sub>i</sub></i> − <i>e<sub>i</sub></i>) ·
 * ln(<i>a<sub>i</sub></i> / <i>e<sub>i</sub></i>), where <i>a<sub>i</sub></i> is the share of the day's payments,
 * <i>e<sub>i</sub></i> the expected share, and either is 0.0001 if it is less.
 *
 * <p><b>Done means:</b> in append mode, a day is emitted as soon as the query has read a payment that is at least one
 * hour newer than the day's end, and not before. Until then every payment of that day counts, however late it is, also
 * those of the same batch. After that none does, and no day is emitted twice. The index is exact to a billionth.
 *
 * <p>Check it with {@code mvn test -Dlesson=07 -Dexercise=DriftAlarm}; hints are in
 * {@code exercises/lesson07/hints/DriftAlarm.md}.
 */
public class DriftAlarm {

    public Dataset<Row> alarms(Dataset<Row> payments, double[] edges, double[] expected, int least) {
        throw new Unsolved();
    }
}
