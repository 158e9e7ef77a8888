package lesson04;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import workbook.check.Unsolved;

/**
 * Computes for each payment how often and how much its card has paid lately. A brick of the capstone.
 *
 * <p><b>In:</b> a stream of payments, as {@link workbook.kit.Payment#SCHEMA} describes them:
 * {@code id} bigint, {@code time} timestamp, {@code customer} int, {@code terminal} int, {@code amount} decimal(10,2).
 * They arrive out of order. None of them is null, {@code time} is in whole milliseconds, as watermarks are, {@code id} is
 * unique, and {@code amount} may be zero, or negative for a refund, which counts like any payment.
 *
 * <p><b>Out:</b> one row for each payment, in append mode, with the columns of {@link #PROFILE}: its {@code id} and
 * {@code customer}, and for the last 1, 7 and 30 days the number of this customer's payments and their mean amount,
 * rounded half up to the cent: 1.005 to 1.01, and -0.505 to -0.51.
 *
 * <p><b>Which payments count.</b> The payment itself and the earlier payments of the same customer:
 * <ul>
 * <li>The last day is 24 whole hours (event time, UTC) and ends with the payment's own hour; 7 days are 168 hours,
 *     30 days are 720. At 14:37 the last day starts at 15:00 on the day before and ends with the current hour. Payments
 *     of later hours do not count, even if they arrived earlier.
 * <li>Payments of earlier batches are earlier. Within a batch, payments are ordered by time and then by id, in whatever
 *     order Spark passes them.
 * <li>A late payment counts in its own hour from its arrival on. Profiles that were emitted before do not change.
 * <li>A payment that is a day or more behind the newest payment of all previous batches is too late: it gets no row and
 *     never counts. You may leave this to Spark's watermark, although it lags by a batch when batches follow each other
 *     without a pause.
 * </ul>
 *
 * <p><b>Done means:</b> the rows are right, and the state is bounded. The state of an hour does not grow with its
 * payments, and hours that can no longer count are removed, also for customers without further payments: all that began
 * 31 days and an hour before the newest payment, or earlier. An hour still counts for a payment that is almost a day late.
 *
 * <p>Check it with {@code mvn test -Dlesson=04 -Dexercise=CardProfile}; hints are in
 * {@code exercises/lesson04/hints/CardProfile.md}.
 */
public class CardProfile {

    /** The columns of the output. */
    public static final StructType PROFILE = StructType.fromDDL("id BIGINT, customer INT,"
            + " count_1d BIGINT, mean_1d DECIMAL(10,2), count_7d BIGINT, mean_7d DECIMAL(10,2),"
            + " count_30d BIGINT, mean_30d DECIMAL(10,2)");

    public Dataset<Row> profiles(Dataset<Row> payments) {
        throw new Unsolved();
    }
}
